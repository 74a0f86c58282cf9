#include "env/app/component.h"

#include <algorithm>
#include <array>

#include "env/base/check.h"

namespace paperphone::app {
namespace {

using enum Prop;
using enum PropType;

constexpr PropRule kCardProps[] = {{kBody, kWidgets, true}};
constexpr PropRule kColumnsProps[] = {
    {kBody, kWidgets, true}, {kWeights, kIntegers}};
constexpr PropRule kExpanderProps[] = {
    {kBind, kPlace, true}, {kTitle, kTemplate, true}, {kValue, kTemplate},
    {kIcon, kIconName}, {kBody, kWidgets, true}};
constexpr PropRule kListProps[] = {
    {kRows, kTable, true},      {kWhere, kBool},     {kOrderBy, kAnyExpr},
    {kDescending, kBool},       {kLimit, kNumberExpr}, {kEmptyText, kTemplate},
    {kGroupBy, kTemplate},      {kRail, kBool},      {kLoading, kBool},
    {kError, kTemplate},
    {kItem, kWidget, true}, {kStyle, kName, false, "plain card"}};
constexpr PropRule kGridProps[] = {
    {kRows, kTable, true},      {kWhere, kBool},     {kOrderBy, kAnyExpr},
    {kDescending, kBool},       {kLimit, kNumberExpr}, {kEmptyText, kTemplate},
    {kLoading, kBool},          {kError, kTemplate},
    {kItem, kWidget, true}, {kColumns, kInteger}};
constexpr PropRule kCarouselProps[] = {
    {kBind, kPlace, true},      {kRows, kTable, true}, {kWhere, kBool},
    {kOrderBy, kAnyExpr},       {kDescending, kBool},  {kLimit, kNumberExpr},
    {kItem, kWidget, true}};
constexpr PropRule kAvatarsProps[] = {
    {kRows, kTable, true},      {kWhere, kBool},     {kOrderBy, kAnyExpr},
    {kDescending, kBool},       {kLimit, kNumberExpr}, {kItem, kWidget, true},
    {kLabel, kTemplate}};
constexpr PropRule kChartProps[] = {
    {kRows, kTable, true},      {kWhere, kBool},     {kOrderBy, kAnyExpr},
    {kDescending, kBool},       {kLimit, kNumberExpr}, {kItem, kWidget, true},
    {kStyle, kName, true, "bar line pie"}, {kTitle, kTemplate},
    {kValue, kTemplate}, {kHeight, kInteger}};
constexpr PropRule kMapProps[] = {
    {kPicture, kSeedExpr, true}, {kHeight, kInteger, true},
    {kRows, kTable, true},      {kWhere, kBool},     {kOrderBy, kAnyExpr},
    {kDescending, kBool},       {kLimit, kNumberExpr}, {kItem, kWidget, true},
    {kLine, kBool}};
constexpr PropRule kTextProps[] = {
    {kValue, kTemplate, true},
    {kStyle, kName, false, "body title heading caption price accent danger note"},
    {kAlign, kName, false, "left center right"},
    {kLines, kInteger}, {kColor, kColorName}};
constexpr PropRule kSectionProps[] = {
    {kTitle, kTemplate, true}, {kLabel, kTemplate}};
constexpr PropRule kInfoProps[] = {
    {kLabel, kTemplate, true}, {kValue, kTemplate, true},
    {kStyle, kName, false, "plain strong price"}};
constexpr PropRule kPictureProps[] = {
    {kPicture, kSeedExpr, true},
    {kPictureKind, kWord, true, kPictureWords},
    {kHeight, kInteger, true}};
constexpr PropRule kBannerProps[] = {
    {kPicture, kSeedExpr, true},
    {kPictureKind, kWord, false, kPictureWords},
    {kTitle, kTemplate}, {kSubtitle, kTemplate}, {kHeight, kInteger}};
constexpr PropRule kEmptyProps[] = {
    {kIcon, kIconName}, {kValue, kTemplate, true}};
constexpr PropRule kGapProps[] = {{kSize, kInteger}};
constexpr PropRule kProfileProps[] = {
    {kTitle, kTemplate, true}, {kSubtitle, kTemplate}, {kAvatar, kTemplate},
    {kAvatarStyle, kName, false, "person brand"},
    {kChevron, kBool}, {kStyle, kName, false, "plain accent"}};
constexpr PropRule kProgressProps[] = {
    {kValue, kNumberExpr, true},
    {kMax, kNumberExpr, true}, {kLabel, kTemplate}};
constexpr PropRule kStepsProps[] = {
    {kItems, kItemList, true}, {kSelected, kNumberExpr, true}};
constexpr PropRule kProgressRingProps[] = {
    {kValue, kNumberExpr, true}, {kMax, kNumberExpr, true},
    {kTitle, kTemplate}, {kLabel, kTemplate}};
constexpr PropRule kTagsProps[] = {{kItems, kItemList, true}};
constexpr PropRule kPriceProps[] = {
    {kValue, kTemplate, true}, {kWas, kTemplate}, {kLabel, kTemplate},
    {kCaption, kTemplate}};
constexpr PropRule kRatingProps[] = {
    {kBind, kPlace}, {kValue, kNumberExpr}, {kLabel, kTemplate},
    {kCaption, kTemplate}};
constexpr PropRule kCountdownProps[] = {
    {kUntil, kInstantExpr, true}, {kLabel, kTemplate}, {kEmptyText, kTemplate},
    {kStyle, kName, false, "boxes plain"}};
constexpr PropRule kNoticeProps[] = {
    {kValue, kTemplate, true}, {kIcon, kIconName}, {kChevron, kBool}};
constexpr PropRule kSkeletonProps[] = {
    {kLines, kInteger}, {kStyle, kName, false, "rows cards text"}};
constexpr PropRule kQrCodeProps[] = {
    {kValue, kTemplate, true}, {kCaption, kTemplate}, {kSize, kInteger}};
constexpr PropRule kCellProps[] = {
    {kTitle, kTemplate, true}, {kSubtitle, kTemplate},  {kValue, kTemplate},
    {kIcon, kIconName}, {kIconColor, kColorName},
    {kAvatar, kTemplate},
    {kAvatarStyle, kName, false, "person brand"},      {kPicture, kSeedExpr},
    {kPictureKind, kWord, false, kPictureWords},
    {kBadge, kTemplate},       {kTag, kTemplate},       {kChevron, kBool},
    {kEnabled, kBool},         {kStyle, kName, false, "plain danger center"},
    {kSelected, kBool},        {kActions, kItemList}};
constexpr PropRule kMessageRowProps[] = {
    {kTitle, kTemplate, true}, {kSubtitle, kTemplate}, {kTime, kTemplate},
    {kAvatar, kTemplate, true},
    {kAvatarStyle, kName, false, "person brand"}, {kBadge, kTemplate}, {kMuted, kBool},
    {kSelected, kBool}, {kActions, kItemList}};
constexpr PropRule kProductCardProps[] = {
    {kPicture, kSeedExpr, true},
    {kPictureKind, kWord, false, kPictureWords},
    {kTitle, kTemplate, true}, {kPrice, kTemplate}, {kWas, kTemplate},
    {kCaption, kTemplate}, {kTag, kTemplate}, {kSubtitle, kTemplate}};
constexpr PropRule kProductRowProps[] = {
    {kPicture, kSeedExpr, true},
    {kPictureKind, kWord, false, kPictureWords},
    {kTitle, kTemplate, true}, {kSubtitle, kTemplate}, {kPrice, kTemplate},
    {kWas, kTemplate}, {kCaption, kTemplate}, {kTag, kTemplate}, {kChecked, kPlace},
    {kBind, kPlace}, {kMin, kNumberExpr}, {kMax, kNumberExpr}, {kActions, kItemList}};
constexpr PropRule kBubbleProps[] = {
    {kMine, kBool, true}, {kValue, kTemplate, true}, {kAvatar, kTemplate, true},
    {kAvatarStyle, kName, false, "person brand"},
    {kTime, kTemplate}};
constexpr PropRule kTicketProps[] = {
    {kFrom, kTemplate, true},   {kTo, kTemplate, true},
    {kDepart, kTemplate, true}, {kArrive, kTemplate, true},
    {kDuration, kTemplate},     {kNumber, kTemplate, true},
    {kPrice, kTemplate},        {kTag, kTemplate}, {kCaption, kTemplate}};
constexpr PropRule kFeedCardProps[] = {
    {kPicture, kSeedExpr, true},
    {kPictureKind, kWord, false, kPictureWords},
    {kTitle, kTemplate, true}, {kAvatar, kTemplate, true},
    {kAvatarStyle, kName, false, "person brand"}, {kCaption, kTemplate},
    {kCount, kTemplate}, {kLiked, kPlace}, {kTag, kTemplate}};
constexpr PropRule kVideoCardProps[] = {
    {kPicture, kSeedExpr, true},
    {kPictureKind, kWord, false, kPictureWords},
    {kTitle, kTemplate, true}, {kCaption, kTemplate}, {kCount, kTemplate},
    {kDuration, kTemplate}, {kTag, kTemplate},
    {kStyle, kName, false, "card row"}};
constexpr PropRule kPostProps[] = {
    {kAvatar, kTemplate, true},
    {kAvatarStyle, kName, false, "person brand"}, {kTitle, kTemplate, true},
    {kSubtitle, kTemplate},
    {kValue, kTemplate, true}, {kPicture, kSeedExpr}, {kPictures, kNumberExpr},
    {kPictureKind, kWord, false, kPictureWords},
    {kTag, kTemplate}, {kShares, kTemplate}, {kComments, kTemplate},
    {kCount, kTemplate}, {kLiked, kPlace}};
constexpr PropRule kCommentProps[] = {
    {kAvatar, kTemplate, true},
    {kAvatarStyle, kName, false, "person brand"}, {kTitle, kTemplate, true},
    {kValue, kTemplate, true},
    {kTime, kTemplate}, {kTag, kTemplate}, {kCount, kTemplate}, {kLiked, kPlace},
    {kCaption, kTemplate}};
constexpr PropRule kCouponProps[] = {
    {kPrice, kTemplate, true}, {kTitle, kTemplate, true}, {kSubtitle, kTemplate},
    {kCaption, kTemplate}, {kLabel, kTemplate}, {kEnabled, kBool}};
constexpr PropRule kFaceProps[] = {
    {kAvatar, kTemplate, true},
    {kAvatarStyle, kName, false, "person brand"}, {kLabel, kTemplate}, {kBadge, kTemplate},
    {kSelected, kBool}};
constexpr PropRule kLyricProps[] = {{kValue, kTemplate, true}, {kSelected, kBool}};
constexpr PropRule kPointProps[] = {
    {kValue, kAmountExpr, true}, {kLabel, kTemplate, true}, {kColor, kColorName},
    {kSelected, kBool}};
constexpr PropRule kPinProps[] = {
    {kX, kNumberExpr, true}, {kY, kNumberExpr, true}, {kLabel, kTemplate},
    {kIcon, kIconName}, {kColor, kColorName}, {kStyle, kName, false, "pin dot"},
    {kSelected, kBool}};
constexpr PropRule kSearchProps[] = {{kBind, kPlace}, {kHint, kTemplate}};
constexpr PropRule kFieldProps[] = {
    {kBind, kPlace, true}, {kLabel, kTemplate}, {kHint, kTemplate},
    {kSecure, kBool}, {kMultiline, kBool}, {kEnabled, kBool}, {kError, kTemplate}};
constexpr PropRule kToggleProps[] = {
    {kBind, kPlace, true}, {kLabel, kTemplate, true}, {kCaption, kTemplate},
    {kIcon, kIconName}, {kIconColor, kColorName},
    {kEnabled, kBool}};
constexpr PropRule kCheckProps[] = {
    {kBind, kPlace, true}, {kLabel, kTemplate, true}, {kEnabled, kBool}};
constexpr PropRule kRadioProps[] = {
    {kBind, kPlace, true}, {kOptions, kOptionList, true}};
constexpr PropRule kChipsProps[] = {
    {kBind, kPlace, true}, {kOptions, kOptionList, true}};
constexpr PropRule kFiltersProps[] = {
    {kItems, kFlagList, true}, {kColumns, kInteger}};
constexpr PropRule kStepperProps[] = {
    {kBind, kPlace, true}, {kLabel, kTemplate}, {kMin, kNumberExpr},
    {kMax, kNumberExpr}, {kEnabled, kBool}};
constexpr PropRule kSliderProps[] = {
    {kBind, kPlace, true}, {kLabel, kTemplate}, {kIcon, kIconName},
    {kMin, kNumberExpr, true}, {kMax, kNumberExpr, true}, {kEnabled, kBool}};
constexpr PropRule kDatesProps[] = {
    {kBind, kPlace, true}, {kStart, kDateExpr, true}, {kDays, kInteger}};
constexpr PropRule kCalendarProps[] = {
    {kBind, kPlace, true}, {kStart, kDateExpr, true}, {kDays, kInteger, true}};
constexpr PropRule kRouteProps[] = {
    {kFrom, kTemplate, true}, {kTo, kTemplate, true}};
constexpr PropRule kDatePickerProps[] = {
    {kBind, kPlace, true}, {kMin, kDateExpr}, {kMax, kDateExpr}};
constexpr PropRule kTimePickerProps[] = {{kBind, kPlace, true}};
constexpr PropRule kKeypadProps[] = {
    {kBind, kPlace, true}, {kLength, kInteger, true},
    {kStyle, kName, false, "code amount"}, {kLabel, kTemplate}, {kEnabled, kBool}};
constexpr PropRule kButtonProps[] = {
    {kLabel, kTemplate, true},
    {kStyle, kName, false, "primary outline text danger"}, {kEnabled, kBool}};
constexpr PropRule kIconsProps[] = {
    {kItems, kItemList, true}, {kColumns, kInteger},
    {kStyle, kName, false, "tinted filled plain"}};
constexpr PropRule kActionBarProps[] = {
    {kItems, kItemList}, {kButtons, kItemList, true},
    {kTotal, kTemplate}, {kChecked, kPlace}, {kCheckLabel, kTemplate},
    {kEnabled, kBool}};
constexpr PropRule kInputBarProps[] = {
    {kBind, kPlace, true}, {kHint, kTemplate}, {kLabel, kTemplate}};
constexpr PropRule kPlayerProps[] = {
    {kPicture, kSeedExpr, true},
    {kPictureKind, kWord, false, kPictureWords},
    {kTitle, kTemplate, true}, {kSubtitle, kTemplate}, {kBind, kPlace, true},
    {kMax, kNumberExpr, true}, {kPlaying, kPlace, true}};
constexpr PropRule kPlayerBarProps[] = {
    {kPicture, kSeedExpr, true},
    {kPictureKind, kWord, false, kPictureWords},
    {kTitle, kTemplate, true}, {kSubtitle, kTemplate}, {kPlaying, kPlace, true}};
constexpr PropRule kFloatProps[] = {{kIcon, kIconName, true}};
constexpr PropRule kBarProps[] = {{kItems, kItemList}};

constexpr ComponentRule kRules[] = {
    {WidgetKind::kCard, "card", kCardProps, "", "a white rounded container"},
    {WidgetKind::kColumns, "columns", kColumnsProps, "",
     "children side by side, widths by `weights` ([1, 2])"},
    {WidgetKind::kExpander, "expander", kExpanderProps, "",
     "a heading that shows and hides its `body`; a tap flips `bind`"},
    {WidgetKind::kList, "list", kListProps, "retry",
     "one `item` widget per row of a table; `row` is the row inside it"},
    {WidgetKind::kGrid, "grid", kGridProps, "retry",
     "like list, in `columns` columns (default 2)"},
    {WidgetKind::kCarousel, "carousel", kCarouselProps, "previous next",
     "one row at a time, number `bind` from 0, with dots; swipes turn it"},
    {WidgetKind::kAvatars, "avatars", kAvatarsProps, "",
     "a `face` per row, one over the other"},
    {WidgetKind::kChart, "chart", kChartProps, "",
     "a `point` per row, as bars, a line or a pie"},
    {WidgetKind::kMap, "map", kMapProps, "",
     "a street map with a `pin` per row; `line` joins them in their order"},
    {WidgetKind::kText, "text", kTextProps, "", "a paragraph"},
    {WidgetKind::kSection, "section", kSectionProps, "",
     "a heading, with a small label (\"更多\") at the right"},
    {WidgetKind::kInfo, "info", kInfoProps, "", "label at the left, value at the right"},
    {WidgetKind::kPicture, "picture", kPictureProps, "",
     "a procedural picture, `height` in dp"},
    {WidgetKind::kBanner, "banner", kBannerProps, "",
     "a wide rounded picture with a title on it"},
    {WidgetKind::kEmpty, "empty", kEmptyProps, "", "an icon and a sentence, centred"},
    {WidgetKind::kDivider, "divider", {}, "", "a thin line"},
    {WidgetKind::kGap, "gap", kGapProps, "", "empty space, `size` dp (default 8)"},
    {WidgetKind::kProfile, "profile", kProfileProps, "",
     "a header with avatar, name and caption"},
    {WidgetKind::kProgress, "progress", kProgressProps, "",
     "a bar of value over max"},
    {WidgetKind::kProgressRing, "progress_ring", kProgressRingProps, "",
     "the same as a ring with a title in it"},
    {WidgetKind::kSteps, "steps", kStepsProps, "*",
     "stages of an order; `selected` is the current one, from 0"},
    {WidgetKind::kTags, "tags", kTagsProps, "*", "small rounded labels in a row"},
    {WidgetKind::kPrice, "price", kPriceProps, "",
     "a large price, the former one struck through"},
    {WidgetKind::kRating, "rating", kRatingProps, "1 2 3 4 5",
     "stars: `bind` takes 1 to 5, `value` shows tenths (47: 4.7)"},
    {WidgetKind::kCountdown, "countdown", kCountdownProps, "",
     "hours, minutes, seconds to `until`; then the text `empty`"},
    {WidgetKind::kNotice, "notice", kNoticeProps, "", "a tinted line with an icon"},
    {WidgetKind::kSkeleton, "skeleton", kSkeletonProps, "",
     "grey shapes where `lines` rows will be (default 4)"},
    {WidgetKind::kQrCode, "qr_code", kQrCodeProps, "",
     "a square code made from `value`, `size` dp (default 200)"},
    {WidgetKind::kCell, "cell", kCellProps, "*",
     "the universal row: icon, avatar or picture; title, subtitle; value, badge, chevron"},
    {WidgetKind::kProductCard, "product_card", kProductCardProps, "",
     "picture above title, price and caption; for grids"},
    {WidgetKind::kProductRow, "product_row", kProductRowProps, "check minus plus *",
     "picture beside title and price; with `checked` a check circle, with `bind` a stepper"},
    {WidgetKind::kBubble, "bubble", kBubbleProps, "", "a chat message"},
    {WidgetKind::kTicket, "ticket", kTicketProps, "", "a train or flight"},
    {WidgetKind::kMessageRow, "message_row", kMessageRowProps, "*",
     "a conversation: avatar, name, last message, time, unread badge"},
    {WidgetKind::kFeedCard, "feed_card", kFeedCardProps, "like",
     "a picture of its own height above title, author and likes; for grids"},
    {WidgetKind::kVideoCard, "video_card", kVideoCardProps, "",
     "a picture with plays and duration on it, title and author"},
    {WidgetKind::kPost, "post", kPostProps, "share comment like",
     "a friend's words with up to nine `pictures`, and what others did with them"},
    {WidgetKind::kComment, "comment", kCommentProps, "like reply",
     "avatar, name, words, time, likes; `caption` opens the replies"},
    {WidgetKind::kCoupon, "coupon", kCouponProps, "use",
     "a ticket: the amount, what for, until when, a button"},
    {WidgetKind::kFace, "face", kFaceProps, "", "an avatar above a name; for grids"},
    {WidgetKind::kLyric, "lyric", kLyricProps, "", "a centred line, bright if selected"},
    {WidgetKind::kPoint, "point", kPointProps, "", "a value of a chart"},
    {WidgetKind::kPin, "pin", kPinProps, "",
     "a place on a map, `x` and `y` in thousandths of its sides"},
    {WidgetKind::kSearch, "search", kSearchProps, "clear",
     "a search pill; without `bind` it is only a button"},
    {WidgetKind::kField, "field", kFieldProps, "clear", "a labelled text field"},
    {WidgetKind::kToggle, "toggle", kToggleProps, "",
     "a row with a switch; a tap flips `bind` unless a transition says otherwise"},
    {WidgetKind::kCheck, "check", kCheckProps, "", "a check box with a label"},
    {WidgetKind::kRadio, "radio", kRadioProps, "*", "one of several rows; writes `bind`"},
    {WidgetKind::kChips, "chips", kChipsProps, "*", "one of several chips; writes `bind`"},
    {WidgetKind::kFilters, "filters", kFiltersProps, "*",
     "chips that go on and off, each with a `bind` of its own"},
    {WidgetKind::kSegments, "segments", kChipsProps, "*",
     "two to four joined choices; writes `bind`"},
    {WidgetKind::kTopTabs, "top_tabs", kChipsProps, "*",
     "tabs under the app bar; writes `bind`"},
    {WidgetKind::kStepper, "stepper", kStepperProps, "minus plus",
     "a number with - and +; writes `bind`"},
    {WidgetKind::kSlider, "slider", kSliderProps, "minus plus",
     "a level; - and + icons at its ends move `bind` by a tenth, a tap on the track jumps"},
    {WidgetKind::kDates, "dates", kDatesProps, "*",
     "a strip of days from `start`; writes `bind`"},
    {WidgetKind::kCalendar, "calendar", kCalendarProps, "*",
     "months of days; those in [start, start+days) can be tapped; writes `bind`"},
    {WidgetKind::kDatePicker, "date_picker", kDatePickerProps,
     "year_minus2 year_minus year_plus year_plus2 month_minus2 month_minus month_plus "
     "month_plus2 day_minus2 day_minus day_plus day_plus2 year month day",
     "three wheels; writes `bind` as they turn"},
    {WidgetKind::kTimePicker, "time_picker", kTimePickerProps,
     "hour_minus2 hour_minus hour_plus hour_plus2 minute_minus2 minute_minus "
     "minute_plus minute_plus2 hour minute",
     "two wheels; writes `bind` as they turn"},
    {WidgetKind::kRoute, "route", kRouteProps, "from to swap",
     "from and to in large type with a swap button between"},
    {WidgetKind::kKeypad, "keypad", kKeypadProps,
     "0 1 2 3 4 5 6 7 8 9 delete dot submit",
     "digits of a payment password, submits when full; or an amount, with its own button"},
    {WidgetKind::kButton, "button", kButtonProps, "", "a full-width button"},
    {WidgetKind::kIcons, "icons", kIconsProps, "*",
     "a grid of icons with labels; `columns` (default 5)"},
    {WidgetKind::kActionBar, "action_bar", kActionBarProps, "* check",
     "footer of a product or cart: icons, total, buttons; taps: <id>.<item>"},
    {WidgetKind::kInputBar, "input_bar", kInputBarProps, "send",
     "footer of a chat: a field and a send button"},
    {WidgetKind::kPlayer, "player", kPlayerProps, "play previous next",
     "cover, title, a track of `bind` over `max` seconds, three buttons"},
    {WidgetKind::kPlayerBar, "player_bar", kPlayerBarProps, "play next",
     "what is playing, in one line; for footers"},
    {WidgetKind::kFloatButton, "float_button", kFloatProps, "", "a round button above the page"},
    {WidgetKind::kAppBar, "bar", kBarProps, "back *", "made from `title` and `actions`"},
    {WidgetKind::kTabBar, "tab", kBarProps, "*", "made from the app's `tabs`"},
};

constexpr std::string_view kPropNames[] = {
    "body", "item", "items", "rows", "where", "order_by", "descending", "limit",
    "empty", "columns", "weights", "value", "style", "align", "lines", "color",
    "title", "subtitle", "caption", "label", "hint", "icon", "icon_color", "avatar",
    "picture", "picture_kind", "height", "size", "time", "badge", "tag", "price",
    "chevron", "bind", "enabled", "options", "min", "max", "from", "to", "depart",
    "arrive", "duration", "number", "mine", "checked", "start", "days", "length",
    "total", "secure", "multiline", "selected", "buttons", "muted", "check_label",
    "group_by", "rail", "loading", "error", "actions", "liked", "playing", "count",
    "was", "until", "x", "y", "line", "pictures", "comments", "shares", "avatar_style"};
static_assert(std::size(kPropNames) == std::size_t(kAvatarStyle) + 1);

}  // namespace

std::span<const ComponentRule> component_rules() { return kRules; }

const ComponentRule& component_rule(WidgetKind kind) {
  const auto& rule = kRules[static_cast<std::size_t>(kind)];
  CHECK_TRUE(rule.kind == kind);
  return rule;
}

std::string_view prop_name(Prop prop) {
  return kPropNames[static_cast<std::size_t>(prop)];
}

std::string_view item_keys(WidgetKind kind, Prop list) {
  if (list == Prop::kOptions) return "id label value show";
  if (list == Prop::kButtons || list == Prop::kActions) return "id label style show";
  switch (kind) {
    case WidgetKind::kTags: return "id label color show";
    case WidgetKind::kSteps: return "id label show";
    case WidgetKind::kFilters: return "id label bind show";
    case WidgetKind::kAppBar: return "id label icon badge show";
    case WidgetKind::kTabBar: return "id label icon badge show go";
    default: return "id label icon color badge show";
  }
}

bool is_word_of(std::string_view list, std::string_view word) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(' ', at), list.size());
    if (list.substr(at, end - at) == word) return !word.empty();
    at = end + 1;
  }
  return false;
}

}  // namespace paperphone::app
