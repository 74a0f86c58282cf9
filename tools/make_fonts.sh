#!/usr/bin/env bash
# Makes the bundled fonts of apps/_common/fonts/ from Debian's: run only when the
# character set or the icons change, and commit the result.
#   regular.otf, bold.otf  Noto Sans CJK SC Regular and Medium: GB 2312, the 8,105
#                         general standard Chinese characters, signs; none that looks
#                         like another of them
#   emoji.ttf             Noto Color Emoji: some three hundred that people send
#   icons.ttf, icons.txt   a subset of Material Design Icons, without brand marks
# Needs: fonts-noto-cjk fonts-noto-cjk-extra fonts-materialdesignicons-webfont python3-fonttools
#        fonts-noto-color-emoji unicode-data
set -euo pipefail
cd "$(dirname "$0")/.."
exec /usr/bin/python3 tools/make_fonts.py apps/_common/fonts
