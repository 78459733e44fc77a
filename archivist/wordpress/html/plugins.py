"""The table of shortcodes: what each of WordPress's own, and of the plug-ins most used, becomes.

A name is in lower case, its hyphens underlines. What page builders begin with their own letters,
``[vc_row]``, ``[su_button]``, is what comes after them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from archivist.wordpress.html import handlers as made
from archivist.wordpress.html.handlers import CodeSetting
from archivist.wordpress.html.shortcodes import Shortcode

Handler: TypeAlias = Callable[[CodeSetting, Shortcode], str]
"""Makes HTML of a shortcode, or nothing where it can't."""

_BUILDERS = re.compile(
    r"(?:vc|et_pb|fusion|mk|av|tatsu|su|kc|cs|cmsms|themify|ult|nectar|mpc)_(?P<base>[a-z0-9_]+)"
)
_COLUMNS = re.compile(
    r"(?:one|two|three|four|five)_(?:half|third|fourth|quarter|fifth|sixth)s?(?:_\w+)?"
    r"|(?:row|col|columns?|section|container|grid)(?:_inner|_group|_wrap|_(?:xs|sm|md|lg|xl)_\d+|_?\d+)?"
)
FOOTNOTES = frozenset(("footnote", "ref", "fn", "efn_note", "note", "mfn", "sidenote", "sn"))
REMOVED = frozenset((
    "toc", "ez_toc", "lwptoc", "simpletoc", "table_of_contents", "no_toc", "toc_container", "references",
    "efn_reference", "footnotes", "footnotelist", "tabbyending", "clear", "clearfix", "clearboth",
    "spacer", "gap", "divider", "separator", "hr", "line_break", "empty_space", "icon", "fa",
    "font_awesome", "fontawesome", "space", "clearline", "text_separator_line", "hr_invisible", "anchor",
))  # fmt: skip
"""What shows nothing that an archive has not: tables of contents, gaps, signs."""


def _name(what: Handler, *names: str) -> Mapping[str, Handler]:
    return dict.fromkeys(" ".join(names).split(), what)


ENCLOSING: Mapping[str, Handler] = {
    **_name(made.make_caption, "caption wp_caption"),
    **_name(made.make_button, "button btn maxbutton cta_button link_button"),
    **_name(
        made.make_panel,
        "tab tabby tabcontent toggle spoiler accordion accordion_item accordionitem expand collapse",
        "bg_collapse pane panel item_accordion tta_section slide_tab read more showhide",
    ),
    **_name(made.make_heading, "heading custom_heading title headline text_separator"),
    **_name(
        made.make_box,
        "box su_note alert info warning notice success error danger tip message important callout",
        "infobox messagebox highlight_box tabs tta_tabs tta_accordion tta_tour tta_pageable tabgroup tabsgroup toggles accordions accordion_group",
        "accordiongroup expand_group spoilers tour pageable",
    ),
    **_name(
        made.make_quote, "quote su_quote blockquote pullquote pull pullleft pullright testimonial"
    ),
    **_name(
        made.make_part,
        "one_half third half wrap wrapper content_box_wrapper center left right align list su_list",
        "checklist iconlist animate frame text column_text textblock text_block builder_row group members",
    ),
    **_name(
        made.make_inline, "dropcap lead small big color font size span su_label nobr email mailto"
    ),
    **_name(made.make_mark, "highlight mark highlighter"),
    **_name(made.make_tooltip, "tooltip popover abbr_tip tippy glossary"),
    **_name(made.make_page, "nextpage"),
    **_name(made.make_raw, "raw_html raw fusion_code codeblock_html"),
    **_name(made.make_field, "contact_field"),
}
"""What has words in it, and keeps them."""

SHOWING: Mapping[str, Handler] = {
    **_name(made.make_gallery, "gallery slideshow"),
    **_name(made.make_playlist, "playlist"),
    **_name(
        made.make_links,
        "embed youtube vimeo dailymotion soundcloud googlemaps twitter tweet slideshare gist iframe",
        "audio video instagram",
    ),
}
"""What shows something else; where that cannot be found, the code stays as it was written."""

FORM = "un formulaire : donnez une adresse où vous écrire"
"""What is absent of a form, whatever words it has."""
# What is absent from an export, and the names of what showed it. What says an address is a link to it.
_ABSENT: Mapping[str, str] = {
    FORM: (
        r"contact_(?:form|bank)\w* wpforms\w* ninja_forms?\w* gravityforms? formidable frm_\w+ signup"
        r" formcraft\w* caldera_form everest_form fluentforms? forminator_\w+ mc4wp_form mailpoet_\w+"
        r" wysija_form si_contact_form cscf_contact_form cforms\w* weforms happyforms newsletter\w*"
        r" subscribe2? jetpack_subscription_form mailchimp\w* visual_form_builder vfb contactform\w*"
        r" contact search(?:form)? login(?:_form)? register"
    ),
    "un tableau : recopiez-le du blog": (
        r"table table_info tablepress\w* wpdatatable\w* ninja_tables? supsystic_tables? visualizer chart\w*"
    ),
    "des images, que le code ne nomme pas : ajoutez-les": (
        r"rev_slider\w* metaslider ml_slider layerslider\w* smartslider3 soliloquy ngg\w* singlepic imagebrowser"
        r" album slideshow foogallery\w* envira_\w+ modula\w* wonderplugin_(?!pdf)\w+ huge_it_\w+ photo_gallery"
        r" best_wordpress_gallery gallery_bank portfolio_slideshow royalslider supsystic_gallery robo_gallery"
        r" wowslider sliderpro easingslider nivoslider cycloneslider image_gallery carousel slider"
    ),
    "un son ou un film, que le code ne nomme pas": (
        r"dewplayer haiku powerpress\w* fvplayer wpvideo videopress flowplayer jwplayer jwp flv swf kml_flashembed"
        r" mp3_?player\w* mp3j\w* mp3t sc_embed_player\w* audioplayer audio_player zoomsounds\w* videojs video_js"
        r" playlist_\w+ compact_player tube youtube_\w+ embedyt ytp_video lyte blip_tv googlevideo metacafe ted"
        r" spotify bandcamp mixcloud deezer archiveorg ustream kickstarter vine bliptv viddler peertube spreaker"
        r" podcast\w* podlove\w* hana_flv_player s3mv media html5_audio html5video evp_embed_video presto_player"
    ),
    "un document, que le code ne nomme pas": (
        r"pdf_\w+ pdf pdfjs_\w+ embeddoc gview gdoc googledoc\w* google_docs?\w* scribd\w* issuu\w* wonderplugin_pdf"
        r" dflip flipbook\w* real3dflipbook calameo document docviewer embed_document file wpdm_\w+ download\w*"
        r" wp_filebase wpfb wpfilebase sdm_\w+ drive prezi powerpoint office_viewer embedpress\w* lightbox_pdf"
    ),
    "un bouton : ajoutez son lien": r"maxbutton",
    "un sondage": r"polls? yop_poll\w* totalpoll\w* polldaddy crowdsignal wp_poll\w* quiz\w* qsm wpvq\w* survey\w*",
    "une carte": (
        r"google_maps?\w* googlemap gmap map wpgmza\w* mappress mapsmarker leaflet_\w+ osm_map\w* put_wpgm gmaps"
        r" flexiblemap umap wpmap\w* sgpx"
    ),
    "une liste que le blog dressait, d’articles, d’événements ou de produits": (
        r"recent_\w+ display_posts\w* catlist list_category_posts list_posts list_\w+ wp_sitemap_page sitemap\w* archives?"
        r" posts? blog loop latest_\w+ page_?list subpages child_pages siblings pagelist\w* ai1ec\w* events?_\w+"
        r" tribe_\w+ calendar my_calendar\w* eventlist rss\w* wp_rss\w* feed feedzy\w* woocommerce\w*"
        r" products?(?:_\w+)? add_to_cart\w* featured_products sale_products best_selling_products top_rated_products"
        r" edd_\w+ purchase_link bbp_\w+ related_posts\w* jetpack_\w+ portfolio\w* shop tags? tag_cloud menu"
        r" sidebar widget\w* comments post_slider posts_\w+ post_\w+ basic_grid masonry_grid team\w* testimonials?_\w+"
        r" members_\w+ users? faqs? postslider news\w* wpv_\w+ insert_\w+ include_\w+ amazon\w* bookly\w* countdown\w*"
    ),
    "des nouvelles ou des boutons d’un réseau social": (
        r"twitter_\w+ custom_twitter_\w+ custom_facebook_\w+ instagram_\w+ fts_\w+ facebook\w* fb\w* tweet\w+ follow_me"
        r" addtoany\w* addthis\w* sharethis\w* ssba\w* shareaholic social\w* share\w* like\w* mashshare\w* linkedin\w*"
        r" pinterest\w* flickr\w* google_?plus\w* sociable\w* click_?to_?tweet bctt"
    ),
}
_PATTERNS = {what: re.compile("|".join(names.split())) for what, names in _ABSENT.items()}
# Names that no writer puts between brackets for a word.
_SURE = frozenset(
    ("toc", "lwptoc", "simpletoc", "gallery", "slideshow", "playlist", "clearfix", "clearboth")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """What becomes of a shortcode."""

    make: Handler
    is_enclosing: bool = False  # whether the words in it are in what is made
    absent: str = ""  # what is not in the export, where nothing is made


@lru_cache(maxsize=4096)
def find_way(name: str) -> Way | None:
    """Return what becomes of the shortcodes of this *name*, if it is known."""
    full = name.replace("-", "_")
    absent = next((what for what, names in _PATTERNS.items() if names.fullmatch(full)), "")
    if full in FOOTNOTES:
        return Way(make=made.make_note, is_enclosing=True)
    if full in ENCLOSING:
        return Way(make=ENCLOSING[full], is_enclosing=True, absent=absent)
    if full in REMOVED or _COLUMNS.fullmatch(full):
        return Way(make=made.make_part, is_enclosing=True)
    if full in SHOWING or absent:
        return Way(make=SHOWING.get(full, made.make_media), absent=absent)
    built = _BUILDERS.fullmatch(name)
    if not built:
        return None
    way = find_way(built["base"])
    # What is called as one in the table is not always what that is.
    is_other = way is None or way.absent or way.make in {made.make_quote, made.make_note}
    return (
        Way(make=made.make_module, is_enclosing=True, absent=way.absent if way else "")
        if is_other
        else way
    )


def is_word(code: Shortcode) -> bool:
    """Tell whether a name between brackets is only a word of the writer's: ``[info]``."""
    way = find_way(code.name)
    is_plain = code.name.isalpha() and code.name not in _SURE
    says = code.attributes or code.content is not None or any("." in each for each in code.values)
    if not is_plain or says or way is None or code.name in SHOWING:
        return False
    # [polls], [poll 3], on a line of their own
    may_stand = code.is_alone and all(each.isdigit() for each in code.values)
    return not may_stand or (way.is_enclosing and code.name not in REMOVED)
