"""Web pages, saved or fetched: what they say of their own licence, or of that of the dataset that they describe.

A page names many licences that are not its own: of a photo, of a theme, of other works that it lists, of what it
talks about. What counts is said by a mechanism made for it (``rel=license``, schema.org, Dublin Core), by a sentence
whose subject is the page, its contents or its dataset, or stands where pages say it (a footer, a sidebar, behind
"Licence:"). All else is kept as a mention.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from licensecheck.model import (
    Statement,
)

NAME: Final = "webpage"
MENTION: Final = "mention"
MOST: Final = 120_000
"""Characters of one page that are read closely: of the blocks that have a word of licences."""
_STATEMENTS: Final = 300
_WINDOW: Final = 700

_PAGE_NAME: Final = re.compile(r".+\.(?:html?|xhtml?)\Z", re.I | re.S)
_PAGE_HEAD: Final = re.compile(
    r"\A\ufeff?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:[^-]|-(?!->)){0,2000}-->\s*){0,3}<(?:!doctype\s+html|html|head|body)\b",
    re.I,
)
_SPEAKS: Final = re.compile(
    r"licen|lizen|creative|\bcc\b|cc0|\bcc[-_ ]?by|\bby-n[cd]|\bby-sa|public[ -]?domain|domaine public|dominio p|copyright|©|\bgpl|gfdl|odbl|pddl|"
    r"reserved|vorbehalten|réservés|reservad|riservati|rights|non-?commercial|research|academic|educational|redistribut"
    r"|라이[선센]스|저작|공공누리|이용|전재|배포|영리|연구|ライセンス|クリエイティブ|転載|無断|商用|許諾|许可|許可|授权|授權|版权|版權|转载|轉載|知识共享|創用|共享|协议|商业"
)  # fmt: skip
"""Words without which a block says nothing of licences: looked for first, since that is cheap."""

# --- what a sentence is about -------------------------------------------------------------------------------------

_WORK: Final = (
    r"(?:this|the|our|my|all|these|its|any|each|user|original|editorial|written|community)\b(?:[ -][\w'’.-]+){0,6}? ?\b(?:work|works|page|pages|site|website|web|blog|weblog|wiki|article|articles|post|posts|story|stories"
    r"|text|texts|contents?|materials?|book|course|documents?|documentation|tutorial|tutorials|lessons?|publications?|journal|paper|report|news|podcast"
    r"|notes|encyclopedia|contributions|resource|resources|guide|chapter|essay|entry|entries|photos|images|pictures|photographs|information)\b"
    r"|\b(?:text|contents?|articles?|posts?|contributions|materials?|documentation|reuse|images|photos)\b (?:on|of|in|from|is|are|available|contributed|published|licen[cs]ed|created|under)"
    r"|\b(?:except|unless|save) (?:where|as|when|if)?\s?(?:otherwise|noted|stated)|\bwhere otherwise|open[ -]access|some rights reserved"
)
_WORKS: Final = (
    r"\b(?:diese[rsmn]?|alle|allen|aller|die|der|das|des|sämtliche|unsere|meine)\b(?: [\w-]+){0,5}? ?\b\w*(?:werks?|werke|texte?|textes|textlichen|artikel|beitr[aä]ge?|inhalte?|inhalten|seiten?|blogs?|website|webseite|weblogs?|wiki|angebot|fotos|bilder|publikation|dokument|material|materialien)\b"
    r"|\b(?:texte|inhalte|beiträge|artikel) (?:auf|dieser|dieses|der|des|sind|stehen|in)|(?:sofern|soweit|wenn|falls) nicht (?:anders|anderweitig)"
    r"|\b(?:ce|cet|cette|ces|le|la|les|l['’]|tous|toutes|nos|sauf|du|de)\b(?: ?[\w'’-]+){0,5}? ?\b(?:œuvre|oeuvre|site|blog|articles?|textes?|contenus?|pages?|documents?|billets?|publications?|informations|wiki|création)\b|sauf (?:mention|indication|avis)"
    r"|\b(?:esta|este|estos|estas|el|la|los|las|todo|todos|todas|sus|nuestro)\b(?: [\w-]+){0,5}? ?\b(?:obra|sitio|web|blog|artículos?|textos?|contenidos?|páginas?|entradas?|publicaci[oó]n|materiales?|documentos?|wiki|trabajo)\b|salvo (?:donde|que|indicación|cuando)|excepto (?:donde|cuando)|a menos que"
    r"|\b(?:esta|este|estes|o|a|os|as|todo|todos|todas|nosso)\b(?: [\w-]+){0,5}? ?\b(?:obra|site|sítio|blog|blogue|artigos?|textos?|conteúdos?|páginas?|trabalho|publicaç[aã]o|material|documento)\b|exceto (?:quando|onde|se)|salvo (?:indicação|quando|se)"
    r"|\b(?:quest[oaie]|quest['’]|il|i|gli|tutti|tutte|le|i) ?(?:[\w-]+ ){0,4}?(?:opera|sito|blog|contenut[oi]|testi|articoli|articolo|pagina)\b|\b(?:dit|deze|alle|de) (?:[\w-]+ ){0,4}?(?:werk|site|website|inhoud|teksten|artikelen|tekst)\b"
)
_WORKS_CJK: Final = (
    r"(?:이|본|해당|모든|저의|우리|당|상기)\s?(?:\S{1,12}\s){0,4}?\S{0,12}?(?:저작물|게시물|게시글|포스트|포스팅|글|문서|콘텐츠|컨텐츠|내용|사이트|블로그|홈페이지|누리집|웹사이트|기사|자료|페이지|작품|위키|저작권|별도|출처)"
    r"|(?:사이트|블로그|홈페이지|누리집|위키|기사|게시물|콘텐츠|컨텐츠|저작물|문서|내용|글)[은는이가의을를에]|별도\s?(?:의\s?)?(?:표시|표기|명시|언급|규정)|달리 (?:명시|표시)|저작권"
    r"|(?:この|本|当|各)(?:作品|記事|サイト|ブログ|ページ|文書|ウェブサイト|ウェブ|コンテンツ|wiki|文章|著作物|資料|ホームページ)|(?:テキスト|コンテンツ|記事|文章|本文)[はのが]|特に(?:記載|明記|断り)|別段|明記(?:され|し)|断りのない"
    r"|(?:本|此|该|該)(?:作品|文章?|站|网站|網站|博客|部落格|页面?|頁面?|篇?文章|著作|维基|文档|文檔|条目|内容|內容|网页|網頁|wiki)|除(?:特别|特別|非|另有|了|注明|註明)|(?:所有|全部|一切|站内|站內)(?:文字|文章|内容|內容|原创)|转载|轉載|版权声明|版權聲明|原创"
)
_OWN: Final = re.compile(rf"(?:\b(?:{_WORK})|{_WORKS}|{_WORKS_CJK})", re.I)
_OPENS: Final = re.compile(
    r"\A[\W\d_]*(?:(?:©|\(c\)|copyright|copyleft)[^.|•·]{0,80}?[\W\d_]*)?(?:is |are |ist |est |está |it is |content |inhalt |contenu |contenido |conteúdo )?"
    r"(?:licen[cs]ed|released|published|available|distributed|shared|offered|provided|lizen[sz]iert|veröffentlicht|verfügbar|freigegeben|steht|stehen"
    r"|publié|distribué|mis à disposition|disponible|sous|publicado|distribuido|licenciado|bajo|sob|disponível|unless|except|under|unter)\b[^.]{0,60}\Z",
    re.I,
)
"""A block that begins by saying "Licensed under": of what it stands on."""
_LABEL_WORDS: Final = (
    r"(?:data ?set |data |content |site |text |usage |use |type of |cc |open |access |current |metadata )?(?:licen[cs](?:e|es|ing)|rights|usage rights|copyright(?: (?:status|notice|and licen[cs]e|& licen[cs]e))?|terms of use|terms(?: (?:and|&) conditions)?"
    r"|use agreement|licen[cs]e ?/ ?data use agreement|licen[cs]e (?:type|name|agreement|info(?:rmation)?|terms|details|url|\(for files\)|title)|rights (?:statement|holder and licen[cs]e)|reuse|permissions?|access rights|usage)"
    r"|(?:cc-?|daten|content-?)?lizenz(?:en|typ|bedingungen|hinweis|vertrag)?|nutzungs(?:rechte|bedingungen|lizenz)|urheberrecht|rechte|licences?(?: d['’]utilisation)?|droits(?: d['’](?:auteur|utilisation))?|conditions d['’]utilisation"
    r"|licencias?|derechos(?: de (?:autor|uso))?|condiciones de uso|licenças?|direitos(?: autorais| de uso)?|condições de uso|licenza"
    r"|라이[선센]스(?: ?(?:정보|유형|종류))?|이용 ?허락(?: ?범위| ?조건)?|저작권(?: ?(?:표시|정보|유형|정책|구분))?|이용 ?(?:조건|약관|범위|정책)|사용 ?(?:권한|조건|허가)|공공누리(?: ?유형)?|ccl|cc ?라이[선센]스"
    r"|ライセンス(?:情報|種別)?|利用(?:条件|規約|許諾)|著作権(?:表示|情報)?|使用許諾|许可(?:证|协议|證)?|許可(?:證|協議)?|授权(?:协议|方式|许可|条款)?|授權(?:條款|方式|協議)?|版权(?:声明|信息|协议|所有|许可)?|版權(?:聲明)?|使用(?:许可|条款)|数据许可|协议|本文版权"
)
_LABEL: Final = re.compile(rf"\W*(?:{_LABEL_WORDS})\W*", re.I)
_LABELLED: Final = re.compile(
    rf"(?:\A|[.|•·;。\n(–—-] ?|\A.{{0,60}}[|•·\n])\W{{0,4}}(?:{_LABEL_WORDS}) ?(?:[:：]|[-–—>=]|\bis\b|\bist\b|\best\b|\bes\b|は)?[\s\W]{{0,4}}(?:(?:the|a|an|under|unter|sous|bajo|sob) )?\[?\Z",
    re.I,
)

_CREDIT: Final = re.compile(
    r"\b(?:photos?|photographs?|photography|pictures?|image|images|pics?|screenshots?|illustrations?|cover|header|banner|background|icons?|emoji|avatars?|logos?|fonts?|typeface|themes?|templates?|layout|design|designed|plugins?|skin|video|clip"
    r"|music|song|track|sounds?|maps? (?:data|tiles)?|map|artwork|graphic|graphics|figure|fig\.|credits?|source|via|flickr|unsplash|pixabay|pexels|openstreetmap|wikimedia commons|file:|powered|adapted from|based on"
    r"|fotos?|bild|bilder|bildquelle|titelbild|beitragsbild|grafik|abbildung|abb\.|quelle|karten?|kartendaten|symbole|schriftart|lizenziert von|vorlage|gestaltung"
    r"|crédits?|visuels?|illustration|carte|imagen|imágenes|fotograf[ií]as?|ilustración|fuente|imagem|imagens|foto de|fonte|immagine|afbeelding)\b"
    r"|사진|이미지|그림|삽화|아이콘|글꼴|폰트|테마|스킨|디자인|동영상|写真|画像|アイコン|フォント|テーマ|イラスト|動画|图片|圖片|照片|图标|图像|摄影|主题|主題|字体|封面|题图",
    re.I,
)
_ALL: Final = re.compile(
    r"\b(?:all|alle|allen|sämtliche|tous|toutes|todas|todos|tutte|any|and|und|et|y|text|texts|texte|content|contents|articles|our|my|meine|unsere)\b|모든|모두|すべて|全て|全ての|所有|全部",
    re.I,
)
_EXCEPTS: Final = re.compile(
    r"\b(?:except(?:ion|ions)?|excluding|unless|other than|ausgenommen|ausnahmen?|sauf|hormis|excepto|salvo|exceto)\b|제외|除外|を除|除了|除外",
    re.I,
)
_SITE: Final = re.compile(
    r"\b(?:this|the|our|my|entire)? ?(?:web ?site|web ?page|site|page template|source code of this (?:web)?site|website(?:'s)? (?:content|source|template|design)|homepage|portal|blog|documentation|docs)\b"
    r"|\bweb(?:site|seite|auftritt)\b|sitio web|사이트|홈페이지|누리집|サイト|网站|網站",
    re.I,
)
_CODE: Final = re.compile(
    r"\b(?:source ?code|code(?: samples| examples| snippets)?|software|scripts?|api|library|toolkit|tools?|implementation|programs?|app|plugin|quellcode|código|logiciel)\b|소스|코드|소프트웨어|コード|ソフトウェア|代码|代碼|软件",
    re.I,
)
_DATA: Final = re.compile(
    r"\b(?:data ?sets?|data|database|corpus|corpora|benchmarks?|annotations?|treebank|lexicon|collection|recordings|labels|questions|archive|files?|download|daten(?:satz|sätze|bank)?|korpus|jeux? de données|données|conjuntos? de da(?:t|d)os|datos|dados|base de (?:datos|dados))\b"
    r"|데이터|말뭉치|코퍼스|자료|データ|コーパス|数据|數據|语料|資料集",
    re.I,
)
_SOFTWARE: Final = re.compile(
    r"(?:MIT|ISC|Apache|BSD|0BSD|A?GPL|LGPL|MPL|EPL|EUPL|Zlib|NCSA|Artistic|PostgreSQL|Python|CDDL|WTFPL|Unlicense)(?:-|\Z)"
)
_TITLE_DATASET: Final = re.compile(
    r"\b(?:data ?sets?|corpus|corpora|benchmark|treebank|database|data collection|datens[aä]tze?|korpus|jeux? de données|conjuntos? de da(?:t|d)os|base de (?:datos|dados)|banco de dados)\b"
    r"|데이터 ?셋|데이터 ?세트|말뭉치|코퍼스|(?:학습|공공|개방)\S{0,4} ?데이터|데이터베이스|データ ?セット|コーパス|データベース|数据集|语料库|資料集|数据库",
    re.I,
)
_RECORD: Final = re.compile(
    r"(?:zenodo\.org/records?/|figshare\.com/articles/dataset|kaggle\.com/(?:datasets/|[\w-]+/[\w-]+/data)|archive\.ics\.uci\.edu/(?:ml/datasets|dataset/)|openml\.org/(?:d/|search\?type=data)|data\.go\.kr/data/\d|aihub\.or\.kr/|"
    r"huggingface\.co/datasets/|/dataset\.xhtml\?persistentId|datadryad\.org/|data\.mendeley\.com/datasets|data\.world/|/dataset/[\w-]{3,}|catalog\.data\.gov/dataset|data\.europa\.eu/(?:data|88u)/dataset|corpus\.korean\.go\.kr|"
    r"physionet\.org/content|openneuro\.org/datasets|ieee-dataport\.org|pangaea\.de/10|catalog\.ldc\.upenn\.edu|lindat\.[\w.]+/|hdl\.handle\.net|opendata)",
    re.I,
)
_PORTAL: Final = re.compile(r"ckan|dataverse|invenio|dspace|dkan|udata|socrata|opendatasoft|figshare|zenodo", re.I)
_NOT_NAMES: Final = (
    "own-license",
    "own-words",
    "permission-needed",
    "terms-of-use",
    "per-item",
    "unknown",
    "others-terms",
    "pointer",
    "exceptions",
)
_LINK: Final = re.compile(r"\[([^\[\]]{0,300})\]\(([^()\s]{0,1000})\)")
_END: Final = re.compile(r"[.!?。！？]\s|[\n|•·]|\s[-–—]\s|。")
_FILLER: Final = re.compile(
    r"\b(?:licen[cs]e[ds]?|licen[cs]ing|lizenz(?:vertrag)?|licencia|licence|licença|under|unter|the|a|an|of|der|by|this|is|all|rights?|reserved|some|copyright|deed|international|unported|creative|commons|cc|logo|icon|badge|view|this|and|"
    r"new window|opens|external|link|terms|attribution|share|alike|no|non|derivatives|commercial|public|domain|zero)\b|새창열림|저작자표시|비영리|변경금지|동일조건변경허락|라이[선센]스|크리에이티브|커먼즈|ライセンス|许可协议|协议",
    re.I,
)
_FROM_SEARCH: Final = re.compile(r"[?&]ref=(?:openverse|ccsearch)")


class _Said(NamedTuple):
    """One statement of a page, before its scope is settled. ``strength``: 4 made for it, 3 by its place, 2 alone, 0 aside."""

    statement: Statement
    line: int
    column: int
    field: str
    strength: int
    foot: bool = False
    site: bool = False
    data: bool = False
    group: int = 0
    note: str = ""


def claims(name: str, head: str) -> bool:
    """Files named as HTML, and texts that begin as HTML."""
    return _PAGE_NAME.match(name) is not None or _PAGE_HEAD.match(head) is not None
