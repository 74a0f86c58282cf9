// The list of all components and that of all properties, each with the name it has in
// YAML. A component X(kToggle, toggle) is kit::toggle, defined in <family>/toggle.cc
// beside this file, and painted by layout::paint_toggle in the file of the same name
// under env/layout/kit.
#pragma once

// clang-format off
#define PAPERPHONE_COMPONENTS(X) \
  /* containers */                                                                \
  X(kCard, card) X(kColumns, columns) X(kExpander, expander) X(kList, list)       \
  X(kGrid, grid) X(kCarousel, carousel) X(kAvatars, avatars) X(kChart, chart)     \
  X(kMap, map)                                                                    \
  /* texts */                                                                     \
  X(kText, text) X(kSection, section) X(kInfo, info) X(kPicture, picture)         \
  X(kBanner, banner) X(kEmpty, empty) X(kDivider, divider) X(kGap, gap)           \
  X(kProfile, profile) X(kProgress, progress) X(kProgressRing, progress_ring)     \
  X(kSteps, steps) X(kTags, tags) X(kPrice, price) X(kRating, rating)             \
  X(kCountdown, countdown) X(kNotice, notice) X(kSkeleton, skeleton)              \
  X(kQrCode, qr_code)                                                             \
  /* rows */                                                                      \
  X(kCell, cell) X(kProductCard, product_card) X(kProductRow, product_row)        \
  X(kBubble, bubble) X(kTicket, ticket) X(kMessageRow, message_row)               \
  X(kFeedCard, feed_card) X(kVideoCard, video_card) X(kPost, post)                \
  X(kComment, comment) X(kCoupon, coupon) X(kFace, face) X(kLyric, lyric)         \
  X(kPoint, point) X(kPin, pin)                                                   \
  /* inputs */                                                                    \
  X(kSearch, search) X(kField, field) X(kToggle, toggle) X(kCheck, check)         \
  X(kRadio, radio) X(kChips, chips) X(kFilters, filters) X(kSegments, segments)   \
  X(kTopTabs, top_tabs) X(kStepper, stepper) X(kSlider, slider) X(kDates, dates)  \
  X(kCalendar, calendar) X(kDatePicker, date_picker) X(kTimePicker, time_picker)  \
  X(kRoute, route) X(kKeypad, keypad)                                             \
  /* actions */                                                                   \
  X(kButton, button) X(kIcons, icons) X(kActionBar, action_bar)                   \
  X(kInputBar, input_bar) X(kPlayer, player) X(kPlayerBar, player_bar)            \
  X(kFloatButton, float_button)                                                   \
  /* made by the loader, in actions */                                            \
  X(kAppBar, bar) X(kTabBar, tab)

#define PAPERPHONE_PROPS(X) \
  X(kBody, body) X(kItem, item) X(kItems, items) X(kRows, rows) X(kWhere, where)   \
  X(kOrderBy, order_by) X(kDescending, descending) X(kLimit, limit)                \
  X(kEmptyText, empty) X(kColumns, columns) X(kWeights, weights) X(kValue, value)  \
  X(kStyle, style) X(kAlign, align) X(kLines, lines) X(kColor, color)              \
  X(kTitle, title) X(kSubtitle, subtitle) X(kCaption, caption) X(kLabel, label)    \
  X(kHint, hint) X(kIcon, icon) X(kIconColor, icon_color) X(kAvatar, avatar)       \
  X(kPicture, picture) X(kPictureKind, picture_kind) X(kHeight, height)            \
  X(kSize, size) X(kTime, time) X(kBadge, badge) X(kTag, tag) X(kPrice, price)     \
  X(kChevron, chevron) X(kBind, bind) X(kEnabled, enabled) X(kOptions, options)    \
  X(kMin, min) X(kMax, max) X(kFrom, from) X(kTo, to) X(kDepart, depart)           \
  X(kArrive, arrive) X(kDuration, duration) X(kNumber, number) X(kMine, mine)      \
  X(kChecked, checked) X(kStart, start) X(kDays, days) X(kLength, length)          \
  X(kTotal, total) X(kSecure, secure) X(kMultiline, multiline)                     \
  X(kSelected, selected) X(kButtons, buttons) X(kMuted, muted)                     \
  X(kCheckLabel, check_label) X(kGroupBy, group_by) X(kRail, rail)                 \
  X(kLoading, loading) X(kError, error) X(kActions, actions) X(kLiked, liked)      \
  X(kPlaying, playing) X(kCount, count) X(kWas, was) X(kUntil, until) X(kX, x)     \
  X(kY, y) X(kLine, line) X(kPictures, pictures) X(kComments, comments)            \
  X(kShares, shares) X(kAvatarStyle, avatar_style) X(kAvatarColor, avatar_color)   \
  X(kSender, name) X(kSeconds, seconds) X(kCardTitle, card) X(kPacket, packet)     \
  X(kMark, mark) X(kDot, dot) X(kBindX, bind_x) X(kBindY, bind_y) X(kZoom, zoom)   \
  X(kHereX, here_x) X(kHereY, here_y) X(kApp, app)
// clang-format on
