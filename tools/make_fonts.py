#!/usr/bin/env python3
"""Subsets the fonts that ship with the apps; see make_fonts.sh."""

import bz2
import pathlib
import re
import shutil
import sys

from fontTools import subset
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

NOTO = "/usr/share/fonts/opentype/noto/NotoSansCJK-{}.ttc"
EMOJI = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
UNIHAN = "/usr/share/unicode/Unihan_OtherMappings.txt.bz2"
STANDARD_CHARACTERS = 8105  # 通用规范汉字表, 2013
ICONS = "/usr/share/fonts/truetype/materialdesignicons-webfont/materialdesignicons-webfont.ttf"
ICON_WORDS = """
access-point account account-alert account-box account-card-details account-check
account-circle account-key account-location account-minus account-multiple
account-multiple-outline account-multiple-plus account-off account-outline
account-plus account-remove account-search account-settings account-star airplane
airplane-takeoff alarm alarm-check alert alert-circle alert-outline apps archive
arrange-bring-forward arrow-down arrow-left arrow-right arrow-up arrow-all
arrow-down-bold arrow-up-bold arrow-right-bold-circle at attachment auto-fix
autorenew backspace bank barcode barcode-scan basket battery battery-20 battery-50
battery-80 battery-alert battery-charging beach bell bell-off bell-outline
bell-ring bike block-helper bluetooth bluetooth-off book book-open
book-open-page-variant book-open-variant bookmark bookmark-outline
bookmark-plus-outline briefcase brightness-4 brightness-5 brightness-6
brightness-7 broom brush bullhorn bus cake cake-variant calculator calendar
calendar-blank calendar-check calendar-clock calendar-multiple calendar-plus
calendar-range calendar-today camera camera-iris camera-party-mode car cart
cart-outline cart-plus cash cash-100 cash-multiple cellphone cellphone-android
cellphone-basic cellphone-link cellphone-settings certificate chart-areaspline
chart-bar chart-line chart-pie check check-all check-circle check-circle-outline
checkbox-blank-circle-outline checkbox-blank-outline checkbox-marked
checkbox-marked-circle checkbox-marked-circle-outline checkbox-marked-outline
chevron-double-down chevron-double-right chevron-down chevron-left chevron-right
chevron-up chip city clipboard-account clipboard-check clipboard-text clock
clock-end clock-fast close close-circle close-circle-outline cloud cloud-download
cloud-outline cloud-upload code-tags coffee comment comment-account
comment-multiple-outline comment-outline comment-processing-outline comment-text
comment-text-outline compass compass-outline contact-mail content-copy
content-cut content-paste content-save credit-card credit-card-multiple crop
crosshairs-gps crown cube cube-outline cup cup-water currency-cny currency-usd
database delete delete-empty delete-sweep delete-variant desktop-mac
desktop-tower diamond dice-5 directions dots-horizontal dots-vertical download
earth email email-open email-outline emoticon emoticon-cool emoticon-happy
emoticon-sad eraser exit-to-app export eye eye-off eyedropper face
face-profile fast-forward ferry file file-document file-document-box file-image
file-multiple file-music file-outline file-video filmstrip filter filter-outline
filter-variant fingerprint fire flag flag-outline flash flash-off flashlight
flower folder folder-account folder-download folder-image folder-multiple
folder-outline food food-apple food-fork-drink food-variant football format-bold
format-color-fill format-font format-header-1 format-list-bulleted
format-list-numbers format-paint format-size format-text forum fridge fullscreen
gamepad gamepad-variant gas-station gauge gesture-tap gift glass-mug
glasses grid hand-pointing-right hanger headphones headset heart heart-broken
heart-outline heart-pulse help help-circle help-circle-outline highway history home
home-map-marker home-modern home-outline home-variant hospital hospital-building
hotel human human-child human-female human-male human-male-female image image-album
image-area image-filter image-filter-hdr image-multiple import inbox information
information-outline key key-variant keyboard keyboard-backspace keyboard-close
keyboard-return label label-outline lamp lan laptop launch lead-pencil leaf
library library-books library-music lightbulb lightbulb-outline link link-variant
lock lock-open lock-open-outline lock-outline login login-variant logout
logout-variant magnify magnify-minus magnify-plus map map-marker
map-marker-circle map-marker-multiple map-marker-radius medal medical-bag
memory menu menu-down menu-left menu-right menu-up message message-alert
message-image message-outline message-processing message-reply message-reply-text
message-text message-text-outline message-video microphone microphone-off
microphone-outline minus minus-box minus-circle minus-circle-outline monitor
more motorbike mouse movie multiplication music-box music-circle music-note
music-note-off nature nature-people navigation near-me network
newspaper nfc nfc-tap note note-outline note-plus note-text notification-clear-all
nutrition open-in-app open-in-new orbit package package-down package-up
package-variant package-variant-closed palette paperclip parking
pause pause-circle paw pen pencil pencil-box percent phone phone-bluetooth
phone-hangup phone-in-talk phone-incoming phone-missed phone-outgoing
phone-settings pill pin pin-off pine-tree play play-box-outline play-circle
play-circle-outline playlist-check playlist-play playlist-plus plus plus-box
plus-circle plus-circle-multiple-outline plus-circle-outline podium polymer
power power-plug power-settings presentation printer puzzle qrcode qrcode-scan
radar radio radiobox-blank radiobox-marked receipt record-rec redo refresh
rename-box reorder-horizontal repeat repeat-once replay reply reply-all
rewind ribbon road road-variant rocket ruler run sale scale scale-bathroom
school screen-rotation screen-rotation-lock screwdriver sd seal seat
seat-recline-extra seat-recline-normal security security-home select-all
send server settings settings-box shape-plus share share-variant shield
shield-outline shoe-heel shoe-print shopping shopping-music shuffle
shuffle-variant sign-caution signal signal-variant silverware silverware-fork
silverware-variant sim sitemap skip-next skip-previous sleep snowflake sofa sort
sort-ascending sort-descending sort-variant soy-sauce speaker speaker-wireless speedometer
spellcheck star star-circle star-half star-outline stairs store stove subway
subway-variant sunglasses surround-sound swap-horizontal swap-vertical
switch sync sync-alert table tablet tag tag-faces tag-heart tag-multiple
tag-outline tag-text-outline target taxi television temperature-celsius tennis
tent text-to-speech theater theme-light-dark thermometer thumb-down
thumb-down-outline thumb-up thumb-up-outline ticket ticket-account
ticket-confirmation timer timer-off timer-sand timetable toggle-switch
toggle-switch-off tooltip tooltip-text tower-beach train tram translate
tree trending-down trending-up trophy truck truck-delivery tshirt-crew
tshirt-v tune umbrella undo ungroup unfold-more upload usb verified
vibrate video video-off view-dashboard view-grid view-list view-module
voicemail volume-high volume-low volume-medium volume-off walk wallet
wallet-giftcard wallet-membership wallet-travel washing-machine watch water
water-percent weather-cloudy weather-fog weather-lightning weather-night
weather-partlycloudy weather-pouring weather-rainy weather-snowy weather-sunny
weather-sunset weather-windy web webcam weight wifi wifi-off worker wrench
zip-box
"""
# Newer names of the same pictures.
ALIASES = {
    "account-group": "account-multiple", "airplane-mode": "airplane", "apple": "food-apple",
    "cash-check": "cash-multiple", "chat": "forum", "chat-outline": "message-outline",
    "cog": "settings", "cog-outline": "settings", "contacts": "account-box",
    "emoticon-outline": "emoticon", "hotspot": "access-point", "location": "map-marker",
    "account-details": "account-card-details", "message-plus": "message-reply",
    "shopping-outline": "shopping", "store-outline": "store", "train-variant": "train",
    "bag-personal": "shopping", "bed": "hotel", "fast-food": "food", "sun": "weather-sunny",
    "trash": "delete", "edit": "pencil", "search": "magnify", "back": "arrow-left",
    "user": "account", "users": "account-multiple", "tshirt": "tshirt-crew",
    "shield-check": "verified", "shield-lock": "security", "file-document-outline": "file-document",
    "ticket-outline": "ticket", "clock-outline": "clock", "calendar-month": "calendar",
    "volume": "volume-high", "brightness": "brightness-6", "battery-full": "battery",
    "format-list": "format-list-bulleted", "account-heart": "account-star",
    "credit-card-outline": "credit-card", "wallet-outline": "wallet", "tag-plus": "tag",
    "truck-outline": "truck", "gift-outline": "gift", "delete-outline": "delete",
    "account-circle-outline": "account-circle", "map-marker-outline": "map-marker",
    "star-box": "star-circle", "lock-reset": "lock", "cube-send": "package-variant",
    "shoe-sneaker": "shoe-print", "cellphone-cog": "cellphone-settings",
    "image-outline": "image", "cards-heart": "heart", "party-popper": "cake",
    "trending": "trending-up", "sim-card": "sim", "seat-outline": "seat",
    "phone-outline": "phone", "headphones-box": "headphones", "baby": "human-child",
    "lipstick": "brush", "blinds": "hanger", "ticket-percent": "sale",
}


# Those that people send, of one code point each.
EMOJI_CHARACTERS = """
😀😃😄😁😆😅🤣😂🙂🙃😉😊😇🥰😍🤩😘😗😚😋😛😜🤪😝🤑🤗🤭🤫🤔🤐🤨😐😑😶😏😒🙄😬😌😔😪🤤😴😷🤒🤕🤢🤮🤧🥵🥶🥴😵🤯🤠🥳😎🤓🧐😕😟🙁😮😯😲😳🥺😦😧😨😰😥😢😭😱😖😣😞😓😩😫🥱😤😡😠🤬😈💀💩🤡👻👽🤖
❤💔💕💖💗💘💙💚💛💜🖤💯💢💥💦💤💋💌
👋👌✌🤞🤟🤘🤙👈👉👆👇☝👍👎✊👊👏🙌👐🤝🙏💪👀👂👄🧠
👶👦👧👨👩👴👵👮👷🤦🤷🙇🙋🏃💃👪
🐶🐱🐭🐰🦊🐻🐼🐯🦁🐮🐷🐸🐵🙈🙉🙊🐔🐧🐦🐤🦄🐝🦋🐢🐍🐟🐬🐳🐘🐴🐑🐲
🌹🌸🌷🌻🌺🍀🌲🌴🌵🍁🍂🌱🌾
☀🌙⭐🌟✨⚡🔥🌈☁⛅🌧⛄❄☔☂🌊🌞🌚
🍎🍊🍋🍌🍉🍇🍓🍑🍒🥝🍅🥑🌽🥕🍞🥚🍳🍔🍟🍕🌭🍜🍚🍣🍱🥟🍦🍰🎂🍭🍫🍿🍪🍺🍻🍷🥂☕🍵🧋🥤
🎉🎊🎁🎈🎄🎆🧧🏮🏆🥇⚽🏀🏸🏓🎾🎮🎲🎵🎶🎤🎧🎬🎨📷🎸
🚗🚕🚌🚇🚄✈🚀🚲🚢🏠🏥🏫🏢🗺⛰🏖
📱💻⌚💡📚📖📝✏📌📎📅📦💰💵💳🔑🔒🔔📣✅❌❗❓⭕🚫⚠🆗🆒🈶💊👗👕👟👜🛒⏰🔋
"""


def standard_characters():
    """The list of general standard Chinese characters, Unihan's kTGH."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        found = {int(m[1], 16) for m in map(re.compile(r"U\+(\w+)\tkTGH\t").match, lines) if m}
    if len(found) != STANDARD_CHARACTERS:
        sys.exit(f"{UNIHAN}: {len(found)} characters with kTGH, not {STANDARD_CHARACTERS}")
    return found


def without_doubles(font, wanted):
    """Of those that look the same (A, Α and А) only the first: what differs is to look so."""
    cmap, glyphs, widths, seen = font.getBestCmap(), font.getGlyphSet(), font["hmtx"], set()
    kept = []
    for code in wanted:
        if code not in cmap:
            continue
        pen = RecordingPen()
        glyphs[cmap[code]].draw(pen)
        look = (widths[cmap[code]][0], repr(pen.value))
        if look not in seen:
            kept.append(code)
        seen.add(look)
    return kept


def characters():
    wanted = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    wanted |= (set(range(0x3000, 0x3030)) - {0x301C}) | set(range(0xFF01, 0xFF5F))
    wanted |= {ord(c) for c in "“”‘’—–…·‰′″※←↑→↓↔⇄①②③④⑤⑥⑦⑧⑨⑩■□▲△▼▽◆◇○◎●★☆♀♂♪✓✔✕✖×÷≈≠≤≥∞℃￥€£√"}
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                wanted.add(ord(bytes((high, low)).decode("gb2312")))
            except (UnicodeDecodeError, TypeError):
                pass
    return sorted(wanted | standard_characters())


def rename(font, family):
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = family
        elif record.nameID in (3, 6):
            record.string = family.replace(" ", "")


def subset_text(weight, target, family):
    source = NOTO.format(weight)
    number = next(n for n in range(10)
                  if TTFont(source, fontNumber=n)["name"].getDebugName(1).startswith("Noto Sans CJK SC"))
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    options.notdef_outline = True
    options.desubroutinize = False
    font = TTFont(source, fontNumber=number)
    subsetter = subset.Subsetter(options)
    wanted = characters()
    kept = without_doubles(font, wanted)
    print(f"{family}: {len(kept)} of {len(wanted)} characters; not in the source:",
          *(f"{code:04X}" for code in wanted if code not in font.getBestCmap()))
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    for tag in ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"):
        if tag in font:
            del font[tag]
    rename(font, family)
    font.save(target)


def subset_icons(folder):
    font = TTFont(ICONS)
    by_name = {name: code for code, name in font.getBestCmap().items()}
    names = {w: by_name[w] for w in ICON_WORDS.split() if w in by_name}
    for alias, name in ALIASES.items():
        if name in names and alias not in names:
            names[alias] = names[name]
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.glyph_names = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(set(names.values())))
    subsetter.subset(font)
    # The source claims that every outline starts at x = 0; saving corrects the bounds,
    # so the side bearings must follow or rasterisers shift each icon to the left.
    for name in font.getGlyphOrder():
        glyph = font["glyf"][name]
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    rename(font, "Paperphone Icons")  # the original's name is reserved
    font.save(folder / "icons.ttf")
    lines = "".join(f"{name} {code:04x}\n" for name, code in sorted(names.items()))
    (folder / "icons.txt").write_text(lines, encoding="utf-8")
    missing = [w for w in ICON_WORDS.split() if w not in by_name]
    print(f"{len(names)} icon names; not in the source: {' '.join(missing)}")


def subset_emoji(target):
    font = TTFont(EMOJI, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    wanted = {ord(c) for c in EMOJI_CHARACTERS if not c.isspace()}
    subsetter.populate(unicodes=sorted(wanted))
    subsetter.subset(font)
    for tag in ("GSUB", "GPOS", "GDEF", "vhea", "vmtx"):
        if tag in font:
            del font[tag]
    # Only the table of characters, no variation sequences.
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format == 12]
    rename(font, "Paperphone Emoji")
    font.save(target)
    print(f"Paperphone Emoji: {len(wanted)} characters; not in the source:",
          *(f"{code:04X}" for code in sorted(wanted) if code not in font.getBestCmap()))


def main():
    folder = pathlib.Path(sys.argv[1])
    subset_text("Regular", folder / "regular.otf", "Paperphone Sans")
    subset_text("Medium", folder / "bold.otf", "Paperphone Sans Medium")
    subset_icons(folder)
    subset_emoji(folder / "emoji.ttf")
    for package, name in (("fonts-noto-cjk", "LICENSE-noto.txt"),
                          ("fonts-noto-color-emoji", "LICENSE-emoji.txt"),
                          ("fonts-materialdesignicons-webfont", "LICENSE-icons.txt")):
        shutil.copy(f"/usr/share/doc/{package}/copyright", folder / name)


if __name__ == "__main__":
    main()
