"""Small pages, each with the licence that it is under: what `test_scan_webpage.py` and the benchmark read."""

from __future__ import annotations

CC = "https://creativecommons.org/licenses"
BY4, BYSA4, BYNC4 = f"{CC}/by/4.0/", f"{CC}/by-sa/4.0/", f"{CC}/by-nc/4.0/"
STORY = "<p>" + "The ferry leaves the harbour at nine, and the gulls go with it as far as the lighthouse. " * 4 + "</p>"


def page(body: str, head: str = "", title: str = "A day at the harbour", lang: str = "en") -> str:
    """A page as a content management system makes it: header, story, ``body``."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n{head}\n</head>\n'
        '<body class="single comments-open">\n<header><nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul>'
        f"</nav></header>\n<main><article><h1>{title}</h1>\n{STORY}\n</article></main>\n{body}\n</body>\n</html>\n"
    )


def ld(data: str, *values: str) -> str:
    """JSON-LD with ``values`` in the places of ``%s``."""
    return f'<script type="application/ld+json">{data % values}</script>'


WORKS: dict[str, tuple[str, str | None]] = {
    # --- mechanisms -------------------------------------------------------------------------------------------------
    "link rel": (page("", f'<link rel="license" href="{BY4}">'), "CC-BY-4.0"),
    "link rel, protocol-relative": (
        page("", '<link rel="license" href="//creativecommons.org/licenses/by-sa/3.0/" />'),
        "CC-BY-SA-3.0",
    ),
    "anchor rel among tokens": (
        page(f'<p><a rel="license noopener noreferrer" href="{BYSA4}">Some rights reserved</a></p>'),
        "CC-BY-SA-4.0",
    ),
    "anchor rel with a prefix": (page(f'<p>See <a rel="cc:license" href="{BYSA4}">terms</a>.</p>'), "CC-BY-SA-4.0"),
    "rdfa property": (page(f'<p about="" property="dct:license" resource="{BY4}">free</p>'), "CC-BY-4.0"),
    "rdfa full iri": (page(f'<span property="http://purl.org/dc/terms/license" content="{BY4}"></span>'), "CC-BY-4.0"),
    "microdata link": (
        page(
            f'<div itemscope itemtype="https://schema.org/BlogPosting"><link itemprop="license" href="{BYNC4}"></div>'
        ),
        "CC-BY-NC-4.0",
    ),
    "microdata words": (
        page(
            '<div itemscope itemtype="https://schema.org/CreativeWork"><span itemprop="license">CC BY-ND 4.0</span></div>'
        ),
        "CC-BY-ND-4.0",
    ),
    "meta dcterms.license": (page("", f'<meta name="dcterms.license" content="{BY4}">'), "CC-BY-4.0"),
    "meta DC.Rights": (
        page("", '<meta name="DC.Rights" content="Creative Commons Attribution-ShareAlike 3.0">'),
        "CC-BY-SA-3.0",
    ),
    "meta dcterms.rights": (page("", '<meta name="dcterms.rights" content="CC0 1.0 Universal">'), "CC0-1.0"),
    "meta copyright names a holder": (page("", '<meta name="copyright" content="Harbour Press Ltd">'), None),
    "json-ld string": (
        page("", ld('{"@context":"https://schema.org","@type":"BlogPosting","headline":"A","license":"%s"}', BY4)),
        "CC-BY-4.0",
    ),
    "json-ld id": (page("", ld('{"@type":"Article","license":{"@id":"%s"}}', BY4)), "CC-BY-4.0"),
    "json-ld url and name": (
        page("", ld('{"@type":"WebPage","license":{"@type":"CreativeWork","name":"CC BY-SA 4.0","url":"%s"}}', BYSA4)),
        "CC-BY-SA-4.0",
    ),
    "json-ld name only": (
        page(
            "",
            ld('{"@type":"NewsArticle","license":{"@type":"CreativeWork","name":"Creative Commons Attribution 4.0"}}'),
        ),
        "CC-BY-4.0",
    ),
    "json-ld list": (
        page("", ld('[{"@type":"Organization","name":"X"},{"@type":"Article","license":["%s"]}]', BY4)),
        "CC-BY-4.0",
    ),
    "json-ld graph and reference": (
        page(
            "",
            ld(
                '{"@graph":[{"@type":"WebSite","@id":"#s"},{"@type":"Article","license":{"@id":"#l"}},{"@id":"#l","@type":"CreativeWork","url":"%s"}]}',
                BYNC4,
            ),
        ),
        "CC-BY-NC-4.0",
    ),
    "json-ld with comment marks and a comma too many": (
        page("", ld('\n//<![CDATA[\n{"@type":"Article","license":"%s",}\n//]]>\n', BY4)),
        "CC-BY-4.0",
    ),
    "json-ld escaped slashes": (
        page("", ld('{"@type":"Article","license":"https:\\/\\/creativecommons.org\\/licenses\\/by\\/4.0\\/"}')),
        "CC-BY-4.0",
    ),
    "json-ld license of an image of the page": (
        page("", ld('{"@type":"Article","image":{"@type":"ImageObject","license":"%s"}}', BY4)),
        None,
    ),
    "json-ld license of images in a graph": (
        page("", ld('{"@graph":[{"@type":"WebPage"},{"@type":"ImageObject","license":"%s"}]}', BY4)),
        None,
    ),
    "json-ld license of the series that it is part of": (
        page("", ld('{"@type":"Article","isPartOf":{"@type":"Periodical","license":"%s"}}', BY4)),
        None,
    ),
    "json-ld terms on a news site": (
        page("", ld('{"@type":"NewsArticle","license":"https://paper.example/terms"}')),
        None,
    ),
    "json-ld page of one photo": (
        page("", ld('{"@type":"ImageObject","contentUrl":"a.jpg","license":"%s"}', BYSA4)),
        "CC-BY-SA-4.0",
    ),
    "rdf in a comment": (
        page(
            '<!-- <rdf:RDF xmlns="http://web.resource.org/cc/"><Work rdf:about=""><license rdf:resource="http://creativecommons.org/licenses/by-nc/2.5/" /></Work></rdf:RDF> -->'
        ),
        "CC-BY-NC-2.5",
    ),
    "badge linked": (
        page(
            '<p><a href="http://creativecommons.org/licenses/by/3.0/deed.de"><img src="http://i.creativecommons.org/l/by/3.0/88x31.png" alt="CC"></a></p>'
        ),
        "CC-BY-3.0",
    ),
    "badge alone": (
        page('<p><img alt="" src="https://licensebuttons.net/l/by-nc-sa/3.0/kr/88x31.png"></p>'),
        "LicenseRef-CC-BY-NC-SA-3.0-KR",
    ),
    "badge through a proxy": (
        page('<aside><img src="https://i1.wp.com/i.creativecommons.org/l/by-nc-nd/3.0/de/88x31.png"></aside>'),
        "CC-BY-NC-ND-3.0-DE",
    ),
    "badge of public domain": (
        page('<p><img src="https://licensebuttons.net/p/zero/1.0/88x31.png" alt="CC0"></p>'),
        "CC0-1.0",
    ),
    "badge by its file's name": (
        page('<footer><img src="/wp-content/themes/x/cc-by-nc-sa.png" alt=""></footer>'),
        "LicenseRef-CC-BY-NC-SA",
    ),
    "archived address": (
        page(
            '<footer><a href="https://web.archive.org/web/20140226/http://creativecommons.org/licenses/by-sa/3.0/de/">CC</a></footer>'
        ),
        "CC-BY-SA-3.0-DE",
    ),
    "a site's own copy of the text": (
        page(
            '<footer><a rel="license" href="//en.wiki.example/wiki/Text_of_the_Creative_Commons_Attribution-ShareAlike_4.0_International_License">the licence</a></footer>'
        ),
        "CC-BY-SA-4.0",
    ),
    "chooser": (
        page(
            f'<p xmlns:cc="http://creativecommons.org/ns#"><a property="dct:title" rel="cc:attributionURL" href="https://h.example">Harbour notes</a> by '
            f'<span property="cc:attributionName">Ann Gull</span> is licensed under <a href="{CC}/by-nc-sa/4.0?ref=chooser-v1" target="_blank" rel="license noopener noreferrer">CC BY-NC-SA 4.0'
            f'<img src="https://mirrors.creativecommons.org/presskit/icons/cc.svg?ref=chooser-v1"><img src="https://mirrors.creativecommons.org/presskit/icons/by.svg?ref=chooser-v1"></a></p>'
        ),
        "CC-BY-NC-SA-4.0",
    ),
    # --- words, in languages ----------------------------------------------------------------------------------------
    "en footer": (
        page(
            f'<footer><p>Except where otherwise noted, content on this site is licensed under a <a href="{BY4}">Creative Commons Attribution 4.0</a> licence.</p></footer>'
        ),
        "CC-BY-4.0",
    ),
    "en words only": (
        page('<div id="footer">All content © 2019 the Harbour Society, licensed under CC BY-NC 4.0.</div>'),
        "CC-BY-NC-4.0",
    ),
    "en body": (
        page(f'<p>This article is republished under a <a href="{CC}/by-nd/4.0/">Creative Commons licence</a>.</p>'),
        "CC-BY-ND-4.0",
    ),
    "en wiki": (
        page(
            f'<ul id="footer-info"><li>Text is available under the <a href="{BYSA4}">Creative Commons Attribution-ShareAlike License</a>; additional terms may apply.</li></ul>'
        ),
        "CC-BY-SA-4.0",
    ),
    "en menu entry": (
        page(
            '<div class="footer-menu"><ul><li><a href="/imprint">Imprint</a></li><li><a href="/licence">CC BY-SA 3.0</a></li></ul></div>'
        ),
        "CC-BY-SA-3.0",
    ),
    "en open access": (
        page(
            f'<p>Copyright: © 2020 Gull et al. This is an open access article distributed under the terms of the <a href="{BY4}">Creative Commons Attribution License</a>.</p>'
        ),
        "CC-BY-4.0",
    ),
    "en ogl": (
        page(
            '<footer>All content is available under the <a rel="license" href="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/">Open Government Licence v3.0</a>, except where otherwise stated</footer>'
        ),
        "OGL-UK-3.0",
    ),
    "en content and code": (
        page(
            f'<footer>Except as otherwise noted, the content of this page is licensed under the <a href="{BY4}">Creative Commons Attribution 4.0 License</a>, and code samples are licensed under the <a href="https://www.apache.org/licenses/LICENSE-2.0">Apache 2.0 License</a>.</footer>'
        ),
        "CC-BY-4.0",
    ),
    "de blog": (
        page(
            '<div class="widget">Dieses Werk steht unter einer <a href="http://creativecommons.org/licenses/by-nc-nd/3.0/de/">Creative Commons Lizenz</a>.</div>',
            lang="de",
        ),
        "CC-BY-NC-ND-3.0-DE",
    ),
    "de deed is a language": (
        page(
            '<div class="footer">Sofern nicht anders angegeben, unterliegen alle Inhalte der Lizenz <a href="http://creativecommons.org/licenses/by-nc/2.5/deed.de">Creative Commons</a></div>',
            lang="de",
        ),
        "CC-BY-NC-2.5",
    ),
    "de label": (
        page(
            '<p>• Beiträge (RSS) • Lizenz: <a href="http://creativecommons.org/licenses/by-nc-sa/2.0/de/deed.de">Creative Commons BY-NC-SA</a>.</p>',
            lang="de",
        ),
        "CC-BY-NC-SA-2.0-DE",
    ),
    "de bpb": (
        page(
            '<div>Dieser Text ist unter der Creative Commons Lizenz "CC BY-NC-ND 3.0 DE - Namensnennung - Nicht-kommerziell - Keine Bearbeitung 3.0 Deutschland" veröffentlicht.</div>',
            lang="de",
        ),
        "CC-BY-NC-ND-3.0-DE",
    ),
    "fr": (
        page(
            '<footer>Sauf mention contraire, les contenus de ce site sont sous <a href="https://creativecommons.org/licenses/by-nc-sa/3.0/fr/">licence Creative Commons</a>.</footer>',
            lang="fr",
        ),
        "LicenseRef-CC-BY-NC-SA-3.0-FR",
    ),
    "fr ouverte": (
        page(
            '<footer>Sauf mention contraire, tous les contenus de ce site sont sous <a href="https://github.com/etalab/licence-ouverte/blob/master/LO.md">licence etalab-2.0</a></footer>',
            lang="fr",
        ),
        "etalab-2.0",
    ),
    "es": (
        page(
            '<footer>Salvo donde se indique lo contrario, los textos de este sitio están bajo una <a href="https://creativecommons.org/licenses/by-sa/4.0/deed.es">Licencia Creative Commons</a></footer>',
            lang="es",
        ),
        "CC-BY-SA-4.0",
    ),
    "pt": (
        page(
            '<footer>O conteúdo deste site está publicado sob a licença <a href="https://creativecommons.org/licenses/by-nd/3.0/deed.pt_BR">Creative Commons Atribuição-SemDerivações 3.0</a></footer>',
            lang="pt",
        ),
        "CC-BY-ND-3.0",
    ),
    "it": (
        page(
            '<footer>Quest\'opera è distribuita con Licenza <a href="https://creativecommons.org/licenses/by/4.0/">Creative Commons Attribuzione 4.0</a></footer>',
            lang="it",
        ),
        "CC-BY-4.0",
    ),
    "ko wiki": (
        page(
            '<div class="bottom">이 저작물은 <a href="//creativecommons.org/licenses/by-nc-sa/2.0/kr/">CC BY-NC-SA 2.0 KR</a>에 따라 이용할 수 있습니다. (단, 라이선스가 명시된 일부 문서 및 삽화 제외)</div>',
            lang="ko",
        ),
        "LicenseRef-CC-BY-NC-SA-2.0-KR",
    ),
    "ko blog badge": (
        page(
            '<div class="postbtn_ccl" data-ccl-type="1"><a href="https://creativecommons.org/licenses/by-nc-nd/4.0/deed.ko" target="_blank" class="link_ccl" rel="license"><span class="bundle_ccl"><span>저작자표시</span> <span>비영리</span> <span>변경금지</span></span> <span class="screen_out">(새창열림)</span></a></div>',
            lang="ko",
        ),
        "CC-BY-NC-ND-4.0",
    ),
    "ko open nuri": (
        page(
            '<div class="nuri"><img src="/img/img_opentype01.png" alt="공공누리 공공저작물 자유이용허락 출처표시"> 본 저작물은 "공공누리" 제1유형:출처표시 조건에 따라 이용 할 수 있습니다.</div>',
            lang="ko",
        ),
        "LicenseRef-KOGL-Type1",
    ),
    "ko open nuri, image only": (
        page(
            '<p><img src="/images/common/img_opentype04.png" alt="공공누리 제4유형: 출처표시, 상업용금지, 변경금지"></p>',
            lang="ko",
        ),
        "LicenseRef-KOGL-Type4",
    ),
    "ko footer": (
        page(
            '<footer>별도로 표시하지 않는 한 이 사이트의 모든 콘텐츠는 <a href="https://creativecommons.org/licenses/by/2.0/kr/">크리에이티브 커먼즈 저작자표시 2.0 대한민국 라이선스</a>를 따릅니다.</footer>',
            lang="ko",
        ),
        "LicenseRef-CC-BY-2.0-KR",
    ),
    "ja wiki": (
        page(
            '<footer>テキストは<a href="https://creativecommons.org/licenses/by-sa/4.0/deed.ja">クリエイティブ・コモンズ 表示-継承ライセンス</a>のもとで利用できます。</footer>',
            lang="ja",
        ),
        "CC-BY-SA-4.0",
    ),
    "ja blog": (
        page(
            '<div>この記事は<a href="https://creativecommons.org/licenses/by-nc/4.0/deed.ja">クリエイティブ・コモンズ 表示 - 非営利 4.0 国際 ライセンス</a>の下に提供されています。</div>',
            lang="ja",
        ),
        "CC-BY-NC-4.0",
    ),
    "zh blog": (
        page(
            '<div class="post-copyright"><ul><li><strong>本文作者：</strong>鸥</li><li><strong>版权声明：</strong>本博客所有文章除特别声明外，均采用 <a href="https://creativecommons.org/licenses/by-nc-sa/4.0/" rel="noopener" target="_blank">BY-NC-SA</a> 许可协议。转载请注明出处！</li></ul></div>',
            lang="zh",
        ),
        "CC-BY-NC-SA-4.0",
    ),
    "zh csdn": (
        page(
            '<div>版权声明：本文为博主原创文章，遵循<a href="http://creativecommons.org/licenses/by-sa/4.0/"> CC 4.0 BY-SA </a>版权协议，转载请附上原文出处链接和本声明。</div>',
            lang="zh",
        ),
        "CC-BY-SA-4.0",
    ),
    "zh-tw": (
        page(
            '<footer>除特別註明外，本網站內容採用<a href="https://creativecommons.org/licenses/by-nc/3.0/tw/">創用CC 姓名標示-非商業性 3.0 台灣 授權條款</a></footer>',
            lang="zh",
        ),
        "LicenseRef-CC-BY-NC-3.0-TW",
    ),
    # --- what is not the page's own ---------------------------------------------------------------------------------
    "photo credit": (
        page(
            f'<p>Photo by <a href="https://f.example/ann">Ann Gull</a> on Flickr, <a href="{CC}/by/2.0/">CC BY 2.0</a></p>'
        ),
        None,
    ),
    "photo credit in a figure": (
        page(
            f'<figure><img src="a.jpg"><figcaption>The quay. Ann Gull / <a rel="license" href="{BY4}">CC BY 4.0</a></figcaption></figure>'
        ),
        None,
    ),
    "caption by class": (
        page(
            f'<div class="wp-caption"><img src="a.jpg"><p class="wp-caption-text">"The quay" by Ann Gull is licensed under <a href="{CC}/by/2.0/?ref=openverse">CC BY 2.0</a></p></div>'
        ),
        None,
    ),
    "credit of a search for free images": (
        page(f'<p>"The quay" by Ann Gull is licensed under <a href="{CC}/by/2.0/?ref=openverse">CC BY 2.0</a></p>'),
        None,
    ),
    "de photo credit": (
        page(
            '<p>Foto: Anna Möwe, Lizenz: <a href="https://creativecommons.org/licenses/by-sa/3.0/">CC BY-SA 3.0</a> via Wikimedia Commons</p>',
            lang="de",
        ),
        None,
    ),
    "fr photo credit": (
        page(
            '<p>Crédits photo : « Le quai » par Anne, en licence <a href="https://creativecommons.org/licenses/by/2.0/">Creative Commons by</a></p>',
            lang="fr",
        ),
        None,
    ),
    "ko photo credit": (
        page(
            '<p>사진 출처: 위키미디어 공용 (<a href="https://creativecommons.org/licenses/by-sa/3.0/">CC BY-SA 3.0</a>)</p>',
            lang="ko",
        ),
        None,
    ),
    "photo credits and a footer": (
        page(
            f'<p>Photo: Ann, <a href="{CC}/by/2.0/">CC BY 2.0</a></p><p>Picture: Bo, <a href="{CC}/by-sa/3.0/">CC BY-SA 3.0</a></p><footer>This work is licensed under a <a rel="license" href="{BYSA4}">CC BY-SA 4.0 licence</a></footer>'
        ),
        "CC-BY-SA-4.0",
    ),
    "theme": (
        page(
            '<footer>© 2020 Ann. Theme by <a href="https://t.example">Bo</a>, licensed under <a href="https://opensource.org/licenses/MIT">MIT</a>.</footer>'
        ),
        None,
    ),
    "theme under a content licence": (
        page(f'<footer>© 2020 Ann Gull. Design: Dune theme, <a href="{CC}/by/3.0/">CC BY 3.0</a></footer>'),
        None,
    ),
    "icons": (page(f'<footer>Icons made by Bo are licensed by <a href="{CC}/by/3.0/">CC 3.0 BY</a></footer>'), None),
    "software in prose": (
        page("<p>The program is free software, released under the GPL, and so is its successor.</p>"),
        None,
    ),
    "about licences": (
        page(
            "<h2>Choosing a licence</h2>"
            + "".join(
                f'<p>Under <a href="{CC}/{k}/4.0/">CC {k.upper()} 4.0</a> others may share the work.</p>'
                for k in ("by", "by-sa", "by-nc", "by-nd", "by-nc-nd")
            )
        ),
        None,
    ),
    "about licences, with a footer": (
        page(
            f'<ul><li><a href="{CC}/by/4.0/">CC BY</a></li><li><a href="{CC}/by-nc/4.0/">CC BY-NC</a></li><li><a href="{CC}/by-nc-nd/4.0/">CC BY-NC-ND</a></li></ul>'
            f'<footer>Except where otherwise noted, content on this site is licensed under a <a href="{BY4}" rel="license">Creative Commons Attribution 4.0 International license</a>.</footer>'
        ),
        "CC-BY-4.0",
    ),
    "another's work in prose": (
        page(
            f'<p>Last year the museum put its catalogue online under <a href="{CC}/by/4.0/">CC BY 4.0</a>, to some surprise.</p>'
        ),
        None,
    ),
    "search results": (
        page(
            "".join(
                f'<div class="search-result"><h3><a href="/{n}">Work {n}</a></h3><span class="license"><a href="{CC}/{k}/4.0/">CC {k.upper()}</a></span></div>'
                for n, k in enumerate(("by", "by-sa", "by-nc"))
            )
        ),
        None,
    ),
    "list of repositories": (
        page(
            "<ul>"
            + "".join(
                f"<li><a href='/r{n}'>repo-{n}</a> <span>{name}</span></li>"
                for n, name in enumerate(("MIT License", "Apache-2.0 license", "CC-BY-4.0 license"))
            )
            + "</ul>"
        ),
        None,
    ),
    "photo stream with rel": (
        page(
            "".join(
                f'<div class="photo"><img src="{n}.jpg"><a rel="license" href="{CC}/{k}/2.0/">Some rights</a></div>'
                for n, k in enumerate(("by", "by-nd", "by-nc"))
            )
        ),
        None,
    ),
    "a reader's comment": (
        page(
            f'<section id="comments"><ol class="comment-list"><li>I put all my posts under <a href="{CC}/by/4.0/">CC BY 4.0</a>, you should too.</li></ol></section>'
        ),
        None,
    ),
    "quotation": (
        page(f'<blockquote>This text is available under <a href="{CC}/by-sa/3.0/">CC BY-SA 3.0</a>.</blockquote>'),
        None,
    ),
    "advertisement": (
        page(
            f'<div class="advert">Free stock photos, all content licensed under <a href="{CC}/by/4.0/">CC BY 4.0</a>!</div>'
        ),
        None,
    ),
    "script": (page('<script>var licence = "https://creativecommons.org/licenses/by/2.5/";</script>'), None),
    "comment": (page(f'<!-- This work is licensed under <a rel="license" href="{BY4}">CC BY</a> -->'), None),
    "imprint as licence": (page("", '<link rel="license" href="/imprint.html" title="Imprint">'), None),
    "menu": (
        page(
            '<nav><ul><li><a href="/rechte-lizenzen">Rechte &amp; Lizenzen</a></li><li><a href="/creative-commons">creative commons</a></li></ul></nav>'
        ),
        None,
    ),
    "tags": (
        page(
            '<aside class="sidebar"><div class="tagcloud"><a href="/t/1">code</a> <a href="/t/2">creative commons</a> <a href="/t/3">public domain</a></div></aside>'
        ),
        None,
    ),
    "driving licence": (
        page(
            "<p>You must hold a driving licence and a licence to sell alcohol under the Licensing Act.</p><p>Lizenzgebühren, Trainerlizenz, 互联网新闻信息服务许可证 10120140</p>"
        ),
        None,
    ),
    # --- nothing granted --------------------------------------------------------------------------------------------
    "all rights reserved": (page("<footer>Copyright © 2020 Harbour Press. All rights reserved.</footer>"), None),
    "ko press": (page("<footer>저작권자 © 항구신문 무단전재 및 재배포 금지</footer>", lang="ko"), None),
    "ko press with quotation of use": (
        page('<p class="copyright">© 항구일보. 무단 전재, 재배포 및 AI학습 이용 금지</p>', lang="ko"),
        None,
    ),
    "ja press": (page("<footer>Copyright © 港新聞社 無断転載を禁じます</footer>", lang="ja"), None),
    "zh press": (page("<footer>版权所有 未经许可 不得转载</footer>", lang="zh"), None),
    "fr es pt de": (
        page(
            "<footer>Tous droits réservés. Todos los derechos reservados. Todos os direitos reservados. Alle Rechte vorbehalten.</footer>"
        ),
        None,
    ),
    "published under license from": (
        page("<footer>The edition is published under license from Harbour Media, Inc. All rights reserved.</footer>"),
        None,
    ),
    "terms of use link": (
        page('<footer><a href="/terms">Terms of Use</a> <a href="/license">Licensing</a> © 2021 H</footer>'),
        None,
    ),
    "denied": (page("<footer>The content of this site is not licensed under CC BY 4.0.</footer>"), None),
    "an empty page": ("<!DOCTYPE html><html></html>", None),
    # --- as they are found ---
    "a name in the headline": (
        page(f'<p>The Museum put it under <a href="{BY4}">CC BY 4.0</a>.</p>', title="Harbour Museum Opens"),
        None,
    ),
    "denied, and a photo": (
        page(
            f'<footer>This work is not licensed under CC BY 4.0.</footer><p>Photo: Ann, <a href="{CC}/by/2.0/">CC BY 2.0</a></p>'
        ),
        None,
    ),
    "content in a wrapper named after the sidebar": (
        page("").replace(
            "<main>", f'<div class="right-sidebar"><main><p>The museum put it under <a href="{BY4}">CC BY 4.0</a>.</p>'
        ),
        None,
    ),
    "link around blocks": (
        page(f'<footer><a rel="license" href="{BY4}"><div>CC</div><div>Attribution</div></a></footer>'),
        "CC-BY-4.0",
    ),
    "(CC BY 2.0 by foo)": (page("<p>(CC BY 2.0 by foo)</p>"), None),
    "CC by link by name": (
        page(f'<p><small><a href="{CC}/by/2.0/">CC BY 2.0</a> by <a href="x">jules</a></small></p>'),
        None,
    ),
    "Bild: name, CC": (page(f'<p>Bild: <a href="x">Jules</a> (<a href="{CC}/by-sa/2.0/">CC BY-SA 2.0</a>)</p>'), None),
    "Titelbild": (page(f'<p>Titelbild: Jules, Lizenz: <a href="{CC}/by-sa/2.0/">CC BY-SA 2.0</a></p>'), None),
    "Bildnachweis section": (
        page(
            f'<h4>Bildnachweise</h4><p>Hafen, Jules, <a href="{CC}/by-sa/2.0/">CC BY-SA 2.0</a></p><p>Möwe, Bo, <a href="{CC}/by/2.0/">CC BY 2.0</a></p>'
        ),
        None,
    ),
    "Artikelbild via unsplash": (
        page(f'<p>Artikelbild von Jules auf Flickr unter <a href="{CC}/by-sa/2.0/">CC BY-SA 2.0</a></p>'),
        None,
    ),
    "Beitragsbild pixabay CC0": (page("<p>Beitragsbild: pixabay.com (CC0)</p>"), None),
    "Quelle Wikipedia": (page(f'<p>Quelle: Wikipedia, <a href="{CC}/by-sa/3.0/">CC-BY-SA</a></p>'), None),
    "Header photo in footer": (
        page(f'<footer>Header image by Jules, <a href="{CC}/by/2.0/">CC BY 2.0</a> | © 2020 Ann</footer>'),
        None,
    ),
    "map data": (
        page(
            '<footer>Map data © OpenStreetMap contributors, <a href="http://creativecommons.org/licenses/by-sa/2.0/">CC-BY-SA</a></footer>'
        ),
        None,
    ),
    "leaflet": (
        page(
            '<div class="leaflet-control-attribution">© <a href="x">OpenStreetMap</a> contributors <a href="https://opendatacommons.org/licenses/odbl/">ODbL</a></div>'
        ),
        None,
    ),
    "youtube": (
        page('<p>Video: <a href="y">Harbour</a>, Creative Commons Attribution licence (reuse allowed)</p>'),
        None,
    ),
    "podcast music": (page(f'<p>Musik: "Tide" von Bo, <a href="{CC}/by/3.0/">CC BY 3.0</a></p>'), None),
    "music en": (page(f'<p>Intro music: Tide by Bo (<a href="{CC}/by/3.0/">CC BY 3.0</a>).</p>'), None),
    "wikipedia cited": (
        page(
            f'<p>According to Wikipedia, which is licensed under <a href="{CC}/by-sa/3.0/">CC BY-SA 3.0</a>, gulls fly.</p>'
        ),
        None,
    ),
    "news on CC": (
        page("<p>The city now releases all its photos under Creative Commons BY 4.0, the mayor said.</p>"),
        None,
    ),
    "post about relicensing": (
        page("<p>In this post I explain why I chose the MIT license for my library and CC BY for its docs.</p>"),
        None,
    ),
    "book list": (
        page("<ul><li>Book A (CC BY 4.0)</li><li>Book B (CC BY-NC-SA 3.0)</li><li>Book C (public domain)</li></ul>"),
        None,
    ),
    "related": (
        page(
            f'<div class="related-posts"><p>This article is licensed under <a href="{CC}/by/4.0/">CC BY 4.0</a></p></div>'
        ),
        "CC-BY-4.0",
    ),
    "wp plugin": (page("<footer>Proudly powered by WordPress. Theme: Gull by Bo. GPL v2 or later</footer>"), None),
    "font awesome": (page(f'<footer>© Ann. Icons: Font Awesome, <a href="{CC}/by/4.0/">CC BY 4.0</a></footer>'), None),
    "flag icons": (page("<footer>Flags by Bo under CC BY-SA 3.0. Text © Ann.</footer>"), None),
    "netzpolitik": (
        page(
            '<div class="footer">Lizenz: Die von uns verfassten Inhalte stehen, soweit nicht anders vermerkt, unter der Lizenz <a rel="license" href="https://creativecommons.org/licenses/by-nc-sa/4.0/">Creative Commons BY-NC-SA 4.0.</a></div>'
        ),
        "CC-BY-NC-SA-4.0",
    ),
    "irights": (
        page(
            '<p>Dieser Text steht unter der Lizenz <a href="https://creativecommons.org/licenses/by-nd/4.0/deed.de">CC BY-ND 4.0</a>.</p><p>Foto: Jules, <a href="http://creativecommons.org/licenses/by/2.0/">CC BY 2.0</a></p>'
        ),
        "CC-BY-ND-4.0",
    ),
    "cc-lizenz sidebar h3": (
        page(
            '<div id="sidebar"><h3>Lizenz</h3><p><a href="http://creativecommons.org/licenses/by-nc-sa/3.0/de/"><img src="/cc.png" alt="CC"></a></p></div>'
        ),
        "CC-BY-NC-SA-3.0-DE",
    ),
    "footer cc only link": (
        page(
            '<div id="footer"><p><a href="http://creativecommons.org/licenses/by-nc-nd/3.0/">(cc)</a> 2009 Ann</p></div>'
        ),
        "CC-BY-NC-ND-3.0",
    ),
    "cc 2009": (
        page(
            '<p>(cc) 2009 Ann Gull, <a href="http://creativecommons.org/licenses/by-nc-sa/3.0/">einige Rechte vorbehalten</a></p>'
        ),
        "CC-BY-NC-SA-3.0",
    ),
    "some rights reserved link": (
        page('<p>Some rights <a href="http://creativecommons.org/licenses/by-nc/3.0/">reserved</a>.</p>'),
        "CC-BY-NC-3.0",
    ),
    "unless": (page(f'<p>Unless otherwise noted, everything here is <a href="{BY4}">CC BY 4.0</a>.</p>'), "CC-BY-4.0"),
    "text cc by, images not": (
        page(f'<footer>Text: <a href="{BY4}">CC BY 4.0</a>. Images: all rights reserved.</footer>'),
        "CC-BY-4.0",
    ),
    "text CC bilder ©": (
        page(f'<footer>Texte <a href="{BYSA4}">CC BY-SA 4.0</a>, Bilder © die Fotografen</footer>'),
        "CC-BY-SA-4.0",
    ),
    "v8": (
        page(
            '<footer>Except as otherwise noted, code samples from the V8 project are licensed under V8’s BSD-style license. Other content on this page is licensed under <a href="https://creativecommons.org/licenses/by/3.0/">the Creative Commons Attribution 3.0 License</a>.</footer>'
        ),
        "CC-BY-3.0",
    ),
    "stackoverflow": (
        page(
            f'<footer>Site design / logo © 2023 Stack Exchange Inc; user contributions licensed under <a href="{BYSA4}">CC BY-SA</a>. rev 2023.1.1</footer>'
        ),
        "CC-BY-SA-4.0",
    ),
    "fandom": (
        page(
            '<footer>Community content is available under <a href="https://www.fandom.com/licensing">CC-BY-SA</a> unless otherwise noted.</footer>'
        ),
        "LicenseRef-CC-BY-SA",
    ),
    "conversation": (
        page(
            f'<aside><h3>Republish this article</h3><p>We believe in the free flow of information. Republish our articles for free, under a <a href="{CC}/by-nd/4.0/">Creative Commons licence</a>.</p></aside>'
        ),
        "CC-BY-ND-4.0",
    ),
    "global voices": (
        page(f'<div id="license"><a href="{CC}/by/3.0/">Creative Commons License, some rights reserved</a></div>'),
        "CC-BY-3.0",
    ),
    "hypotheses": (
        page(
            '<footer><a rel="license" href="https://creativecommons.org/licenses/by-nc-nd/4.0/deed.fr"><img src="/cc/by-nc-nd.png"></a> Sauf indication contraire, le contenu de ce carnet est sous licence.</footer>'
        ),
        "CC-BY-NC-ND-4.0",
    ),
    "plos": (
        page(
            f'<div><p><strong>Copyright: </strong>© 2019 Gull, Bo. This is an open access article distributed under the terms of the <a href="{BY4}">Creative Commons Attribution License</a>, which permits unrestricted use, distribution, and reproduction in any medium, provided the original author and source are credited.</p></div>'
        ),
        "CC-BY-4.0",
    ),
    "ojs": (
        page(
            f'<div class="item copyright"><p>Copyright (c) 2020 Ann Gull</p><a rel="license" href="{BY4}"><img src="https://i.creativecommons.org/l/by/4.0/88x31.png"></a><p>This work is licensed under a <a rel="license" href="{BY4}">Creative Commons Attribution 4.0 International License</a>.</p></div>'
        ),
        "CC-BY-4.0",
    ),
    "arxiv": (
        page(
            '<div class="abs-license"><a href="http://creativecommons.org/licenses/by-nc-sa/4.0/" title="Rights to this article" class="has_license"><span>license icon</span><div class="icon-by-nc-sa"></div></a></div>'
        ),
        "CC-BY-NC-SA-4.0",
    ),
    "gov": (
        page(
            '<footer><p>© Commonwealth of Australia. With the exception of the Coat of Arms and where otherwise noted, all material is provided under a <a href="https://creativecommons.org/licenses/by/4.0/">Creative Commons Attribution 4.0 licence</a>.</p></footer>'
        ),
        "CC-BY-4.0",
    ),
    "gov.pl": (
        page(
            '<footer>Wszystkie treści zamieszczone na stronie są publikowane na licencji <a href="https://creativecommons.org/licenses/by-nc-nd/3.0/pl/">Creative Commons 3.0 PL</a>, o ile nie jest to stwierdzone inaczej.</footer>'
        ),
        "LicenseRef-CC-BY-NC-ND-3.0-PL",
    ),
    "ru": (
        page(
            '<footer>Содержание доступно по лицензии <a href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a></footer>'
        ),
        "CC-BY-SA-4.0",
    ),
    "ru body": (
        page(
            '<p>Все материалы сайта доступны по лицензии <a href="https://creativecommons.org/licenses/by/4.0/">Creative Commons Attribution 4.0</a></p>'
        ),
        "CC-BY-4.0",
    ),
    "nl": (
        page(
            '<p>De inhoud van deze site is beschikbaar onder <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a></p>'
        ),
        "CC-BY-4.0",
    ),
    "sv": (
        page(
            '<footer>Innehållet är licensierat under <a href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a></footer>'
        ),
        "CC-BY-SA-4.0",
    ),
    "kr policy brief": (
        page(
            "<p>정책브리핑의 정책뉴스자료는 「공공누리 제1유형:출처표시」의 조건에 따라 자유롭게 이용이 가능합니다. 다만, 사진의 경우 제3자에게 저작권이 있으므로 사용할 수 없습니다.</p>",
            lang="ko",
        ),
        "LicenseRef-KOGL-Type1",
    ),
    "kr gov copyright page link": (
        page('<footer><a href="/copyright">저작권정책</a> Copyright 항구청 All rights reserved.</footer>', lang="ko"),
        None,
    ),
    "naver": (
        page(
            '<div class="ccl"><a class="ccl_link" href="http://creativecommons.org/licenses/by-nc-nd/2.0/kr/"><span class="icon"></span></a></div>',
            lang="ko",
        ),
        "LicenseRef-CC-BY-NC-ND-2.0-KR",
    ),
    "kr tag": (
        page("<footer>본 블로그의 모든 글은 CC BY-NC 4.0 라이선스를 따릅니다.</footer>", lang="ko"),
        "CC-BY-NC-4.0",
    ),
    "jekyll chirpy": (
        page(
            f'<div class="license-wrapper">This post is licensed under <a href="{BY4}">CC BY 4.0</a> by the author.</div><footer>© 2024 Ann. <em>Some rights reserved.</em> Using the Chirpy theme for Jekyll.</footer>'
        ),
        "CC-BY-4.0",
    ),
    "chirpy ko": (
        page(
            f'<div class="license-wrapper">이 기사는 저작권자의 <a href="{BY4}">CC BY 4.0</a> 라이센스를 따릅니다.</div>'
        ),
        "CC-BY-4.0",
    ),
    "hexo next": (
        page(
            f'<div class="footer-inner"><div class="copyright">© 2023 Ann</div><div class="powered-by">由 Hexo & NexT 强力驱动</div></div><div class="my_post_copyright"><p>许可协议： <a rel="license" href="{CC}/by-nc-nd/4.0/">署名-非商业性使用-禁止演绎 4.0 国际</a> 转载请保留原文链接及作者。</p></div>'
        ),
        "CC-BY-NC-ND-4.0",
    ),
    "ja hatena": (
        page(
            '<p>特に記載のない限り、このサイトのコンテンツは<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>でライセンスされています。</p>'
        ),
        "CC-BY-4.0",
    ),
    "qiita none": (page("<footer>© 2011-2024 Qiita Inc.</footer>"), None),
    "mdn": (
        page(
            '<footer>Portions of this content are ©1998–2015 by individual contributors. Content available under a <a href="/licensing">Creative Commons license</a>.</footer>'
        ),
        "LicenseRef-CC",
    ),
    "text tag cc": (page('<p>Tags: <a href="t">creative commons</a>, <a href="t2">cc0</a></p>'), None),
    "pd topic": (
        page(
            "<p>All of these books are in the public domain, and so you may read them for free in this archive, which holds many other works of the age, too.</p>"
        ),
        None,
    ),
    "flickr": (
        page(
            f'<div class="photo-license-info"><a href="{CC}/by-sa/2.0/" rel="license cc:license" class="photo-license-url">Some rights reserved</a></div>',
            '<meta property="og:type" content="flickr_photos:photo">',
        ),
        "CC-BY-SA-2.0",
    ),
    "commons": (
        page(
            f'<div class="licensetpl"><p>This file is licensed under the <a href="{CC}/by-sa/4.0">Creative Commons Attribution-Share Alike 4.0 International</a> license.</p></div><footer>Files are available under licenses specified on their description page. All structured data from the file namespace is available under the <a href="https://creativecommons.org/publicdomain/zero/1.0/">Creative Commons CC0 License</a>; all unstructured text is available under the <a href="{CC}/by-sa/4.0/">Creative Commons Attribution-ShareAlike License</a>; additional terms may apply.</footer>',
            title="File:Quay.jpg - Wikimedia Commons",
        ),
        "CC-BY-SA-4.0",
    ),
}


def data(body: str, head: str = "", title: str = "Gull Sounds dataset") -> str:
    """A page about a dataset."""
    return page(body, head, title)


DATASETS: dict[str, tuple[str, str | None]] = {
    "json-ld dataset": (
        data(
            f'<footer>This website is under <a href="{BY4}">CC BY 4.0</a></footer>',
            ld('{"@type":"Dataset","name":"G","license":"%s"}', BYNC4),
        ),
        "CC-BY-NC-4.0",
    ),
    "kaggle": (
        data(
            "",
            ld(
                '{"@context":"http://schema.org/","@type":"Dataset","name":"G","license":{"@type":"CreativeWork","name":"CC0: Public Domain","url":"https://creativecommons.org/publicdomain/zero/1.0/"}}'
            ),
        ),
        "CC0-1.0",
    ),
    "kaggle unknown": (
        data("", ld('{"@type":"Dataset","name":"G","license":{"@type":"CreativeWork","name":"Unknown","url":""}}')),
        None,
    ),
    "sdLicense is the metadata's": (
        data(
            "",
            ld(
                '{"@type":"Dataset","sdLicense":"https://creativecommons.org/publicdomain/zero/1.0/","license":"%s"}',
                BY4,
            ),
        ),
        "CC-BY-4.0",
    ),
    "sdLicense alone": (
        data("", ld('{"@type":"Dataset","name":"G","sdLicense":"https://creativecommons.org/publicdomain/zero/1.0/"}')),
        None,
    ),
    "distribution": (
        data(
            "",
            ld(
                '{"@type":"Dataset","distribution":[{"@type":"DataDownload","license":"%s"},{"@type":"DataDownload","license":"%s"}]}',
                BY4,
                BY4,
            ),
        ),
        "CC-BY-4.0",
    ),
    "dataset of a catalogue": (
        data(
            "",
            ld('{"@type":"DataCatalog","license":"%s","dataset":[{"@type":"Dataset","license":"%s"}]}', BY4, BYSA4),
        ),
        "CC-BY-SA-4.0",
    ),
    "many datasets": (
        data(
            "",
            ld(
                '[{"@type":"Dataset","name":"a","license":"%s"},{"@type":"Dataset","name":"b","license":"%s"}]',
                BY4,
                BYSA4,
            ),
            "Datasets: search",
        ),
        None,
    ),
    "one of many is this page's": (
        data(
            "",
            '<link rel="canonical" href="https://d.example/a">'
            + ld(
                '[{"@type":"Dataset","url":"https://d.example/a","license":"%s"},{"@type":"Dataset","url":"https://d.example/b","license":"%s"}]',
                BY4,
                BYSA4,
            ),
        ),
        "CC-BY-4.0",
    ),
    "own terms": (
        data("", ld('{"@type":"Dataset","name":"G","license":"https://gulls.example/terms"}')),
        "LicenseRef-custom",
    ),
    "sentence": (
        data(
            f'<p>The dataset is released under a <a href="{BYSA4}">Creative Commons licence</a>. The code is released under MIT.</p>'
        ),
        "CC-BY-SA-4.0",
    ),
    "name in the title": (
        data("<p>GullNet is distributed under a CC BY-SA 4.0 License.</p>", title="GullNet: questions over gulls"),
        "CC-BY-SA-4.0",
    ),
    "title word and dataset": (
        data("<p>Gull Sounds 2.0 is licensed under CC BY-ND 2.0 KR.</p>"),
        "LicenseRef-CC-BY-ND-2.0-KR",
    ),
    "uci": (
        data(
            '<h2>License</h2><p>This dataset is licensed under a <a href="https://creativecommons.org/licenses/by/4.0/legalcode">Creative Commons Attribution 4.0 International</a> (CC BY 4.0) license.</p><p>This allows for the sharing and adaptation of the datasets for any purpose, provided that the appropriate credit is given.</p>'
        ),
        "CC-BY-4.0",
    ),
    "zenodo": (
        data(
            '<section id="licenses" aria-label="Rights"><h2>Rights</h2><h3>License</h3><ul><li><div class="title">Creative Commons Attribution 4.0 International</div><div class="description">The Creative Commons Attribution license allows re-distribution and re-use of a licensed work on the condition that the creator is appropriately credited.</div>'
            '<a href="https://creativecommons.org/licenses/by/4.0/legalcode">Read more</a></li></ul></section><footer>Except where otherwise noted, content and metadata on this site are available under <a href="https://creativecommons.org/publicdomain/zero/1.0/">CC0</a></footer>',
            '<link rel="canonical" href="https://zenodo.org/records/123"><meta name="citation_title" content="Gull Sounds">',
            "Gull Sounds",
        ),
        "CC-BY-4.0",
    ),
    "ckan": (
        data(
            '<section class="module module-narrow module-shallow license"><h2 class="module-heading">License</h2><p class="module-content"><a href="http://opendatacommons.org/licenses/odbl/" rel="dc:rights">Open Data Commons Open Database License (ODbL)</a> <a href="https://opendefinition.org/"><img src="/od.png" alt="[Open Data]"></a></p></section>',
            '<meta name="generator" content="ckan 2.9.5" />',
            "Gull counts - Open data",
        ),
        "ODbL-1.0",
    ),
    "dataverse": (
        data(
            '<div class="form-group"><label>License/Data Use Agreement</label><div><a href="http://creativecommons.org/publicdomain/zero/1.0" target="_blank">CC0 1.0</a></div></div>'
        ),
        "CC0-1.0",
    ),
    "figshare": (
        data(
            '<div><h3>Licence</h3><div><a href="https://creativecommons.org/licenses/by-nc/4.0/">CC BY-NC 4.0</a></div></div>',
            '<meta property="og:type" content="dataset">',
            "Gulls",
        ),
        "CC-BY-NC-4.0",
    ),
    "openml": (
        data(
            "<div>Licence: <span>Public Domain (CC0)</span></div><footer>The OpenML site is published under CC BY 4.0</footer>",
            '<meta property="og:url" content="https://www.openml.org/d/61">',
            "gulls",
        ),
        "CC0-1.0",
    ),
    "table": (
        data(
            "<table><tr><th>Format</th><td>CSV</td></tr><tr><th>Licence</th><td>Datenlizenz Deutschland – Namensnennung – Version 2.0</td></tr></table>"
        ),
        "DL-DE-BY-2.0",
    ),
    "ko portal": (
        data(
            "<table><tr><th>제공기관</th><td>항구청</td></tr><tr><th>이용허락범위</th><td>제한 없음</td></tr></table><footer>COPYRIGHT ⓒ ALL RIGHTS RESERVED</footer>",
            title="항구청_갈매기 개체수_20230101 | 공공데이터포털",
        ),
        "LicenseRef-DataGoKr-Unrestricted",
    ),
    "ko portal, kogl": (
        data("<dl><dt>이용허락범위</dt><dd>공공누리 제2유형</dd></dl>", title="갈매기 소리 데이터셋"),
        "LicenseRef-KOGL-Type2",
    ),
    "ko sentence": (
        data("<p>본 데이터셋은 CC BY-SA 4.0 라이선스에 따라 이용할 수 있습니다.</p>", title="갈매기 말뭉치"),
        "CC-BY-SA-4.0",
    ),
    "research only": (
        data("<p>The dataset is available for non-commercial research purposes only.</p>"),
        "LicenseRef-research-only",
    ),
    "education only": (data("<p>This data is provided for educational purposes only.</p>"), "LicenseRef-academic-only"),
    "badge beside the sentence": (
        data(
            f'<h5>Copyright</h5><p><a rel="license" href="{BYNC4}"><img src="https://i.creativecommons.org/l/by-nc/3.0/88x31.png"></a><br>All datasets on this page are copyright by us and published under the <a rel="license" href="{BYNC4}">Creative Commons Attribution-NonCommercial 4.0 International License</a>. You may not use the material for commercial purposes.</p>'
        ),
        "CC-BY-NC-4.0",
    ),
    "website licence of a project page": (
        data(
            f'<footer>This website is licensed under a <a rel="license" href="{BYSA4}">Creative Commons Attribution-ShareAlike 4.0 International License</a>. You are free to borrow the source code of this website.</footer>'
        ),
        None,
    ),
    "portal's own licence": (
        data(
            f'<footer>Content of this portal: <a href="{BY4}">CC BY 4.0</a></footer>',
            '<meta name="generator" content="ckan 2.10">',
        ),
        None,
    ),
    "code's licence only": (
        data('<p>Our code is released under the <a href="https://opensource.org/licenses/MIT">MIT license</a>.</p>'),
        None,
    ),
    "source's licence": (
        data(f'<p>Some clips are taken from Freesound, licensed under <a href="{CC}/by/3.0/">CC BY 3.0</a>.</p>'),
        None,
    ),
    "github sidebar": (
        data(
            '<div class="BorderGrid"><h3>License</h3><div><a href="/ann/gulls/blob/main/LICENSE">CC-BY-4.0 license</a></div></div><footer>© 2024 GitHub, Inc.</footer>',
            '<meta property="og:url" content="https://github.com/ann/gulls">',
            "GitHub - ann/gulls: a dataset of gulls",
        ),
        "CC-BY-4.0",
    ),
    "github sidebar and readme": (
        data(
            '<div><a href="/ann/gulls/blob/main/LICENSE">MIT license</a></div><article class="markdown-body"><h2>License</h2><p>The dataset is licensed under CC BY-NC 4.0, the code under MIT.</p></article>',
            title="GitHub - ann/gulls: a dataset of gulls",
        ),
        "CC-BY-NC-4.0",
    ),
    "a landing page that is silent": (
        data(
            '<p>Download the training set (37 MB).</p><footer>Copyright © Gull Team. Theme adapted from <a href="https://t.example">Clean Blog</a>.</footer>'
        ),
        None,
    ),
    # --- their words ---
    "images of a dataset": (data("<p>The images are licensed under CC BY-NC 4.0.</p>"), "CC-BY-NC-4.0"),
    "a photo on a page about a dataset": (data(f'<p>Photo: Ann, <a href="{CC}/by/2.0/">CC BY 2.0</a></p>'), None),
    "academic and non-academic entities": (
        data(
            "<h2>License</h2><p>This dataset is freely available for academic and non-academic entities to use for non-commercial purposes such as academic research, teaching, scientific publications, or personal experimentation.</p>",
            title="Gull dataset",
        ),
        "LicenseRef-noncommercial",
    ),
    "annotations and Flickr's images": (
        data(
            '<h2>License</h2><p>The annotations are licensed under a <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a> License. The images are from Flickr and subject to the Flickr Terms of Use.</p>',
            title="Gull dataset",
        ),
        "CC-BY-4.0",
    ),
    "annotations, images and software under headings": (
        data(
            "<h3>Terms of Use</h3><h4>Annotations & Website</h4><p>The annotations in this dataset along with this website belong to the Gull Consortium and are licensed under a Creative Commons Attribution 4.0 License.</p><h4>Images</h4><p>The Gull Consortium does not own the copyright of the images. Use of the images must abide by the Flickr Terms of Use.</p><h4>Software</h4><p>Copyright (c) 2015. All rights reserved. Redistribution and use software in source and binary form, with or without modification, are permitted provided that the following conditions are met</p>",
            title="Gull dataset",
        ),
        "CC-BY-4.0",
    ),
    "dataset and code licence in a line": (
        data("<p>Dataset license: <b>CC BY-NC-SA 4.0</b>. Code license: MIT</p>", title="Gull dataset"),
        "CC-BY-NC-SA-4.0",
    ),
    "research and educational uses": (
        data(
            "<p>Access to, and use of, the images, and annotations in this dataset are for research and educational uses only.</p>",
            title="Gull dataset",
        ),
        "LicenseRef-research-only",
    ),
    "code of a net": (
        data("<h2>Download</h2><p>GullNet is released under the MIT license.</p>", title="GullNet"),
        None,
    ),
    "end user agreement": (
        data(
            '<p>To use the dataset you must sign the <a href="/eula.pdf">End User License Agreement</a>.</p>',
            title="Gull dataset",
        ),
        "LicenseRef-terms-of-use",
    ),
    "database and its contents": (
        data(
            "<p>The dataset is made available under the Open Database License: http://opendatacommons.org/licenses/odbl/1.0/. Any rights in individual contents of the database are licensed under the Database Contents License.</p>",
            title="Gull dataset",
        ),
        "ODbL-1.0 AND LicenseRef-scancode-dbcl-1.0",
    ),
    "commercial licences on request": (
        data(
            "<h2>License</h2><p>Please contact us for commercial licenses. The data are CC BY-NC.</p>",
            title="Gull dataset",
        ),
        "LicenseRef-CC-BY-NC",
    ),
    "ko research only": (
        data(
            "<h3>라이선스</h3><p>본 데이터는 연구 목적으로만 사용할 수 있으며, 상업적 이용은 금지됩니다.</p>",
            title="갈매기 데이터셋",
        ),
        "LicenseRef-research-only",
    ),
    "ko copyright heading": (
        data(
            "<h3>저작권</h3><p>데이터의 저작권은 항구대학교에 있으며, CC BY-NC-ND 4.0을 따릅니다.</p>",
            title="갈매기 데이터셋",
        ),
        "CC-BY-NC-ND-4.0",
    ),
    "ko portal of training data": (
        data(
            "<p>AI허브에서 제공하는 데이터는 비상업적 연구·개발 목적으로만 이용 가능합니다.</p>",
            title="AI-Hub 갈매기 데이터",
        ),
        "LicenseRef-research-only",
    ),
    "cookies": (
        data(
            "<p>We use cookies to process your data. By using this site you agree to our terms of use.</p><footer>© 2020 Gull University. All rights reserved.</footer>",
            title="Gull dataset",
        ),
        None,
    ),
    "owners' copyright": (
        data("<p>Copyright: images are copyright of their owners. For research only.</p>", title="Gull dataset"),
        None,
    ),
    "de corpus": (
        data(
            '<p>Das Korpus steht unter der Lizenz <a href="https://creativecommons.org/licenses/by-sa/3.0/de/">CC BY-SA 3.0 DE</a> zur Verfügung.</p>',
            title="Gull corpus",
        ),
        "CC-BY-SA-3.0-DE",
    ),
    "fr corpus": (
        data(
            '<p>Ce corpus est distribué sous licence <a href="http://creativecommons.org/licenses/by-nc/3.0/">Creative Commons</a>.</p>',
            title="Corpus de mouettes",
        ),
        "CC-BY-NC-3.0",
    ),
    "ja corpus": (
        data(
            '<p>本コーパスは<a href="https://creativecommons.org/licenses/by-sa/4.0/deed.ja">CC BY-SA 4.0</a>で公開しています。</p>',
            title="カモメコーパス",
        ),
        "CC-BY-SA-4.0",
    ),
    "zh dataset": (
        data("<p>本数据集采用 CC BY-NC-SA 4.0 许可协议。仅供学术研究使用。</p>", title="海鸥数据集"),
        "CC-BY-NC-SA-4.0",
    ),
    "comparison": (data("<p>Compared with SoundNet (CC BY 4.0), ours is larger.</p>", title="Gull dataset"), None),
    "table of several": (
        data(
            "<table><tr><td>Name</td><td>License</td></tr><tr><td>Gull A</td><td>CC BY 4.0</td></tr><tr><td>Gull B</td><td>CC BY-NC 4.0</td></tr></table>",
            title="Gull dataset",
        ),
        None,
    ),
    "metadata and data": (data("<p>Metadata is CC0. Data: CC BY 4.0.</p>", title="Gull dataset"), "CC-BY-4.0"),
    "heading in bold": (
        data("<p><b>License</b><br>Creative Commons Attribution 4.0</p>", title="Gull dataset"),
        "CC-BY-4.0",
    ),
    "rights: public domain": (
        data("<dl><dt>Rights</dt><dd>Public Domain</dd></dl>", title="Gull dataset"),
        "LicenseRef-Public-Domain",
    ),
    "not specified": (data("<dl><dt>License</dt><dd>License not specified</dd></dl>", title="Gull dataset"), None),
    "class and span": (
        data(
            '<div class="license"><span>License</span><a href="https://opendatacommons.org/licenses/pddl/1-0/">PDDL</a></div>',
            title="Gull dataset",
        ),
        "PDDL-1.0",
    ),
    "see the file": (data("<h2>License</h2><p>See the LICENSE file.</p>", title="Gull dataset"), None),
}
