// The component kit: which widgets exist, what each may say, which parts of it
// can be touched. One table drives the loader, lint, the editors' schema and the
// reference in apps/README.md.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace paperphone::app {

enum class WidgetKind : std::uint8_t {
  // containers
  kCard, kColumns, kExpander, kList, kGrid, kCarousel, kAvatars, kChart, kMap,
  // text and pictures
  kText, kSection, kInfo, kPicture, kBanner, kEmpty, kDivider, kGap, kProfile,
  kProgress, kProgressRing, kSteps, kTags, kPrice, kRating, kCountdown, kNotice,
  kSkeleton, kQrCode,
  // rows, cards and marks for lists
  kCell, kProductCard, kProductRow, kBubble, kTicket, kMessageRow, kFeedCard,
  kVideoCard, kPost, kComment, kCoupon, kFace, kLyric, kPoint, kPin,
  // input
  kSearch, kField, kToggle, kCheck, kRadio, kChips, kFilters, kSegments, kTopTabs,
  kStepper, kSlider, kDates, kCalendar, kDatePicker, kTimePicker, kRoute, kKeypad,
  // actions
  kButton, kIcons, kActionBar, kInputBar, kPlayer, kPlayerBar, kFloatButton,
  // made by the loader
  kAppBar, kTabBar,
};

enum class Prop : std::uint8_t {
  kBody, kItem, kItems, kRows, kWhere, kOrderBy, kDescending, kLimit, kEmptyText,
  kColumns, kWeights, kValue, kStyle, kAlign, kLines, kColor, kTitle, kSubtitle,
  kCaption, kLabel, kHint, kIcon, kIconColor, kAvatar, kPicture, kPictureKind,
  kHeight, kSize, kTime, kBadge, kTag, kPrice, kChevron, kBind, kEnabled, kOptions,
  kMin, kMax, kFrom, kTo, kDepart, kArrive, kDuration, kNumber, kMine, kChecked,
  kStart, kDays, kLength, kTotal, kSecure, kMultiline, kSelected, kButtons, kMuted,
  kCheckLabel, kGroupBy, kRail, kLoading, kError, kActions, kLiked, kPlaying, kCount,
  kWas, kUntil, kX, kY, kLine, kPictures, kComments, kShares, kAvatarStyle,
};

enum class PropType : std::uint8_t {
  kTemplate,   // text with holes
  kBool,       // expression
  kNumberExpr, // expression of kind int
  kDateExpr,   // expression of kind date
  kInstantExpr,  // expression of kind instant
  kAmountExpr,   // expression of kind int or money
  kAnyExpr,    // expression of any kind (order_by, value)
  kSeedExpr,   // expression of kind seed, int or text
  kPlace,      // something that can be written
  kTable,      // name of a table
  kInteger,    // literal
  kIntegers,   // list of literals, kept as text "1,2"
  kName,       // literal word
  kWord,       // the same, or a text with holes that gives such a word
  kIconName,   // name in the icon set, or a text with holes
  kColorName,  // "#RRGGBB", or a text with holes
  kWidgets,    // list of widgets
  kWidget,     // exactly one widget
  kItemList,   // list of items; item_keys() says what they may say
  kOptionList, // likewise: chosen into `bind`
  kFlagList,   // likewise: each flips its own bind
};

struct PropRule {
  Prop prop;
  PropType type;
  bool required = false;
  std::string_view allowed = {};  // kName, kWord: words separated by spaces
};

struct ComponentRule {
  WidgetKind kind;
  std::string_view name;             // the key in YAML
  std::span<const PropRule> props;
  std::string_view parts;            // touchable parts, separated by spaces;
                                     // "*" = the ids of its items
  std::string_view help;             // one line for reference and schema
};

std::span<const ComponentRule> component_rules();
const ComponentRule& component_rule(WidgetKind kind);
std::string_view prop_name(Prop prop);
// What an entry of the widget's `items`, `options`, ... may say, separated by spaces.
std::string_view item_keys(WidgetKind kind, Prop list);
// Is it one of the words of a list that is separated by spaces?
bool is_word_of(std::string_view list, std::string_view word);
// The kinds of pictures there are.
inline constexpr std::string_view kPictureWords =
    "goods landscape portrait food poster map pattern";

}  // namespace paperphone::app
