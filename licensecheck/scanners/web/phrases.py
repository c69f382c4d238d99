"""The words by which pages say whose license they name: of the work itself, of its parts, of others' works.

Each pattern is a list of alternatives without nested repetition: linear in what it searches, which is one sentence.
"""

from __future__ import annotations

import re
from typing import Final


def _any(latin: str, cjk: str = "") -> re.Pattern[str]:
    words = "|".join(latin.split("\n")).replace(" | ", "|").replace(" |", "|").replace("| ", "|").strip("| ")
    return re.compile(rf"\b(?:{words})\b" + (f"|{cjk}" if cjk else ""), re.I)


THING: Final = _any(
    r"""work|works|page|pages|site|website|web ?site|blog|weblog|wiki|articles?|posts?|stor(?:y|ies)|texts?|contents?|materials?|book|course|documents?|documentation
tutorials?|lessons?|publications?|journal|paper|report|news|podcast|notes|encyclopedia|contributions?|resources?|guide|chapter|essay|entr(?:y|ies)|information|everything|edition|file|datei|fichier|archivo
\w*werke?s?|\w*texte?s?|textlichen|\w*artikel|\w*beitr[aä]ge?|\w*inhalte?n?|seiten?|blogs|webseiten?|webauftritt|weblogs?|angebot|publikation|dokument|materialien
œuvre|oeuvre|contenus?|textes|billets?|création|site internet
obra|sitio|artículos?|contenidos?|páginas?|entradas?|publicaci[oó]n|materiales|documentos?|trabajo|textos?
site|sítio|blogue|artigos?|conteúdos?|trabalho|publicaç[aã]o
opera|sito|contenut[oi]|testi|articol[oi]|pagina|inhoud|teksten|artikelen|werk|innehåll(?:et)?|indhold(?:et)?|treści|teksty|strony
материалы?|содержание|содержимое|тексты?|сайта?|статья|статьи|контент""",
    r"저작물|게시물|게시글|포스트|포스팅|문서|콘텐츠|컨텐츠|내용|사이트|블로그|홈페이지|누리집|기사|페이지|작품|위키|저작권|(?:이|본|모든) ?글|자료|作品|記事|サイト|ブログ|ページ|文書|コンテンツ|文章|テキスト|著作物|資料"
    r"|本站|网站|網站|博客|部落格|页面|頁面|著作|维基|文档|文檔|条目|内容|內容|网页|網頁|文字|原创",
)
"""What a page calls itself and what it holds."""
THIS: Final = _any(
    r"""this|these|our|my|all|any|everything|unless|except|otherwise|some rights reserved|open[ -]access
diese[rsmn]?|alle|allen|aller|sämtliche|unsere|meine|sofern|soweit|wenn nicht|falls nicht
ce|cet|cette|ces|tous|toutes|nos|mon|sauf
est[ae]|estos|estas|todos?|todas|nuestros?|salvo|excepto|a menos
estes|nosso|exceto
quest[oaie]|quest['’]|tutti|tutte|dit|deze|alle|wszystkie|wszelkie|o ile|все|весь|всё|этот|эта|это|данный|если не указано""",
    r"이 |본 |모든|모두|해당|저의|우리|당 |별도|달리|この|本(?!田)|当|全て|すべて|特に|別段|断り|此|该|該|除|所有|全部|一切|转载|轉載|版权声明|版權聲明",
)
"""What points at the page itself, or says that all of it is meant."""
UNDER: Final = re.compile(
    r"\b(?:under|licen[cs]ed|licensing|released?|published|available|governed|covered|provided|distributed|dedicated|offered|shared|rights"
    r"|unter|unterliegen|unterliegt|lizen[sz]ier\w*|steht|stehen|veröffentlicht|verfügbar|lizenz\w*"
    r"|sous|disponibles?|publiés?|diffusés?|bajo|licencia\w*|disponibles?|publicad\w+|sob|licença\w*|licenciad\w+|disponíve\w+|con licenza|sotto|distribuit\w+|onder|beschikbaar|licensierat|på licencji|na licencji|лицензи\w*|доступн\w*)\b"
    r"|(?:\b(?:is|are|ist|sind|est|sont|es|son|é|são|è)|[:=(|–—-])\s*\[?\Z|[가-힣぀-ヿ㐀-鿿]",
    re.I,
)
"""What joins a work to its license: without it a sentence only speaks of licenses."""
PASSIVE: Final = re.compile(
    r"\b(?:is|are|was|were|been|ist|sind|wird|werden|est|sont|es|son|está|están|é|são|è)\b.{0,40}\b(?:licen[cs]ed|released|distributed|available|published|provided|shared|offered|covered|subject|unter|lizen[sz]iert|veröffentlicht"
    r"|verfügbar|distribué\w*|publié\w*|disponibles?|sous|bajo|publicad\w+|sob|licenciad\w+)\b|\b(?:steht|stehen|unterliegt|unterliegen)\b|[은는이가를は]\s|采用|採用",
    re.I,
)
"""That something is put under a license, and not that somebody does or did so with another work."""
PARTS: Final = re.compile(
    r"\W*(?:the|all|our|these|its) (?:\w+ ){0,2}(?:images|photos|pictures|videos|clips|recordings|sounds|audio|tracks|songs|maps|texts|transcripts|annotations|labels)\b",
    re.I,
)
"""Parts of a dataset, where it is their sentence that begins so."""
OPENS: Final = re.compile(
    r"\A[\W\d_]*(?:(?:©|\(c\)|copyright|copyleft)[^.|•·]{0,80}?)?(?:is |are |ist |est |está |it is |content |inhalt |contenu |contenido |conteúdo )?"
    r"(?:licen[cs]ed|released|published|available|distributed|shared|offered|provided|lizen[sz]iert|veröffentlicht|verfügbar|freigegeben|steht|stehen"
    r"|publié|distribué|mis à disposition|disponible|sous|publicado|distribuido|licenciado|bajo|sob|disponível|unless|except|under|unter)\b[^.]{0,60}\Z",
    re.I,
)
"""A block that begins by saying "Licensed under": of what it stands on."""
NOTICE: Final = re.compile(r"\W{0,4}(?:©|\(cc?\)|copyright\b|copyleft\b)\W{0,4}(?:19|20)\d\d\b", re.I)
"""How a notice begins that is of a whole site: with a year, which the credit of a picture rarely has."""
_LABELS: Final = (
    r"(?:data ?set |data |content |site |text |usage |use |type of |cc |open |access |current )?(?:licen[cs](?:e|es|ing)|rights|usage rights|copyright(?: (?:status|notice|and licen[cs]e|& licen[cs]e))?"
    r"|terms of use|terms(?: (?:and|&) conditions)?|use agreement|licen[cs]e ?/ ?data use agreement|licen[cs]e (?:type|name|agreement|info(?:rmation)?|terms|details|url|\(for files\)|title)"
    r"|rights statement|reuse|permissions?|access rights|usage)"
    r"|(?:cc-?|daten|content-?)?lizenz(?:en|typ|bedingungen|hinweis|vertrag)?|nutzungs(?:rechte|bedingungen|lizenz)|urheberrecht|rechte|licences?(?: d['’]utilisation)?|droits(?: d['’](?:auteur|utilisation))?"
    r"|conditions d['’]utilisation|licencias?|derechos(?: de (?:autor|uso))?|condiciones de uso|licenças?|direitos(?: autorais| de uso)?|condições de uso|licenza"
    r"|라이[선센]스(?: ?(?:정보|유형|종류))?|이용 ?허락(?: ?범위| ?조건)?|저작권(?: ?(?:표시|정보|유형|정책|구분))?|이용 ?(?:조건|약관|범위|정책)|사용 ?(?:권한|조건|허가)|공공누리(?: ?유형)?|ccl|cc ?라이[선센]스"
    r"|ライセンス(?:情報|種別)?|利用(?:条件|規約|許諾)|著作権(?:表示|情報)?|使用許諾|许可(?:证|协议|證)?|許可(?:證|協議)?|授权(?:协议|方式|许可|条款)?|授權(?:條款|方式|協議)?"
    r"|版权(?:声明|信息|协议|许可)?|版權(?:聲明)?|使用(?:许可|条款)|数据许可|协议|本文版权"
)
LABEL: Final = re.compile(rf"\W*(?:{_LABELS})\W*", re.I)
"""A heading, term or cell that says that the license comes next."""
LABELLED: Final = re.compile(
    rf"(?:\A|[|•·.;\n。–—-] ?)\W{{0,4}}(?:{_LABELS})(?: ?[:：=>–—-]|\s(?:is|ist|est|es)\b|は| ?\Z)\W{{0,4}}(?:(?:the|a|an|under|unter|sous|bajo|sob) )?\[?\Z",
    re.I,
)
"""Words right before a license that say that it is the license."""
CREDIT: Final = _any(
    r"""photos?|photographs?|photography|pictures?|image|images|pics?|screenshots?|illustrations?|cover|header|banner|background|avatars?|video|clip|music|song|track|sounds?
maps?|map data|artwork|graphics?|figure|fig\.|credits?|source|via|flickr|unsplash|pixabay|pexels|openstreetmap|wikimedia commons|adapted from|based on|logos?
\w*fotos?|\w*bild|\w*bilder|bildquelle|grafik|abbildung|abb\.|quelle|karten?|kartendaten|visuels?|crédits?|carte
imagen|imágenes|fotograf[ií]as?|ilustración|fuente|imagem|imagens|fonte|immagine|afbeelding""",
    r"사진|이미지|그림|삽화|동영상|영상|출처 ?[:：]|자료 ?[:：]|出典|写真|画像|イラスト|動画|图片|圖片|照片|图像|摄影|封面|题图",
)
"""What is credited by itself: a picture, a map, a source."""
VIA: Final = re.compile(
    r"[\W\d]{0,4}(?:(?:licen[cs]e|lizenz)[\W\d]{0,4})?(?:(?:via|über|durch|from|on|by|von|par|por|courtesy of|aus|auf)\b|[^.]{0,30}(?:flickr|wikimedia commons|unsplash))",
    re.I,
)
"""What follows a license that was credited to somebody: "by Ann", "via Flickr"."""
CREDITS: Final = re.compile(
    r"\W*(?:(?:image|photo|picture|video|media|art)s?[ -]?(?:credits?|sources?|attributions?|licen[cs]es?)|credits?|attributions?|sources?|bild(?:er)?(?:nachweise?|quellen?|rechte)|fotonachweise?|fotos?|bilder|quellen?"
    r"|crédits?(?: photos?)?|sources|créditos(?: de (?:las )?(?:imágenes|fotos))?|fuentes|fontes|사진 ?출처|이미지 ?출처|출처|画像|画像クレジット|出典|图片来源|圖片來源|来源)\W*",
    re.I,
)
"""A heading below which pictures and sources are credited."""
MACHINERY: Final = _any(
    r"""themes?|templates?|layout|designed?|plugins?|skins?|icons?|emoji|fonts?|typeface|powered|generator|css|bootstrap|symbole|schriftart|vorlage|gestaltung|software|cms|wordpress|mediawiki""",
    r"아이콘|글꼴|폰트|테마|스킨|디자인|アイコン|フォント|テーマ|图标|字体|主题|主題",
)
"""What a page is made with and is no part of what it says."""
ALL: Final = _any(
    r"""all|alle|allen|sämtliche|tous|toutes|todas|todos|tutte|any|and|und|et|y|texts?|texte|contents?|articles|our|my|meine|unsere|unless|except|otherwise|where noted""",
    r"모든|모두|すべて|全て|全ての|所有|全部|및",
)
SITE: Final = _any(
    r"""web ?site|web ?page|site|page template|homepage|portal|blog|documentation|docs|wiki|webseite|webauftritt|sitio|sítio|sito""",
    r"사이트|홈페이지|누리집|サイト|网站|網站|本站",
)
CODE: Final = _any(
    r"""source ?code|code|codes|software|scripts?|api|library|libraries|toolkit|tools?|implementation|programs?|apps?|plugins?|quellcode|código|logiciels?|package|repository|project""",
    r"소스|코드|소프트웨어|コード|ソフトウェア|代码|代碼|软件",
)
DATA: Final = _any(
    r"""data ?sets?|data|databases?|corpus|corpora|benchmarks?|annotations?|treebank|lexicon|collection|recordings|labels|questions|files?|download
daten(?:satz|sätze|bank)?|korpus|jeux? de données|données|conjuntos? de da(?:t|d)os|datos|dados""",
    r"데이터|말뭉치|코퍼스|데이타|データ|コーパス|数据|數據|语料|資料集",
)
DATASET: Final = _any(
    r"""data ?sets?|databases?|corpus|corpora|benchmarks?|the data|this data|our data|these data|annotations?|download(?:s|ing|ed)?|daten(?:satz|sätze)|(?:die|diese[rn]?|unsere[rn]?|den) daten|korpus|jeux? de données|(?:les|ces|nos|des) données
conjuntos? de da(?:t|d)os|(?:los|estos) datos|(?:os|estes) dados|(?:i|questi) dati""",
    r"데이터|말뭉치|코퍼스|データ|コーパス|数据|數據|语料|語料|資料",
)
"""The dataset itself, where bare "data" may be a visitor's."""
TITLE: Final = _any(
    r"""data ?sets?|corpus|corpora|benchmark|treebank|database|data collection|datens[aä]tze?|korpus|jeux? de données|conjuntos? de da(?:t|d)os|base de (?:datos|dados)|banco de dados""",
    r"데이터 ?셋|데이터 ?세트|말뭉치|코퍼스|(?:학습|공공|개방)\S{0,4} ?데이터|데이터베이스|데이터\s*(?:\Z|[|(\[–-])|データ ?セット|コーパス|データベース|数据集|语料库|資料集|数据库",
)
"""Titles of pages that describe a dataset."""
FILLER: Final = re.compile(
    r"\b(?:licen[cs]e[ds]?|licen[cs]ing|lizenz(?:vertrag)?|licencia|licença|under|unter|the|a|an|of|der|by|this|is|all|rights?|reserved|some|copyright|deed|international|unported|creative|commons|cc|logo|icon|badge|view|and"
    r"|new window|opens|external|link|terms|attribution|share|alike|no|non|derivatives|commercial|public|domain|zero)\b"
    r"|새창열림|저작자표시|비영리|변경금지|동일조건변경허락|라이[선센]스|크리에이티브|커먼즈|ライセンス|许可协议|协议",
    re.I,
)
"""What is left out to see whether a block says anything beside a license's name."""
RESERVED: Final = re.compile(
    r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos (?:los derechos|os direitos) reservados|tutti i diritti riservati|alle rechten voorbehouden|무단 ?전재|무단 ?복제|無断(?:転載|複製)|版权所有|版權所有"
    r"|未经(?:许可|授权)|未經(?:許可|授權)|禁止转载|禁止轉載|不許複製|转载必究",
    re.I,
)
