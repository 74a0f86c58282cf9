// What components are: what each may say, what of it can be touched and what a tap
// there does by itself, what it is for. Each has a file of its own in a folder beside
// this one, which is all that loader, lint, machine, experts and layout know of it;
// what it looks like is in the file of the same name under env/layout/kit.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "env/app/kit/list.h"
#include "env/types.h"

namespace paperphone::app {

#define PAPERPHONE_ENUMERATOR(enumerator, name) enumerator,
enum class WidgetKind : std::uint8_t { PAPERPHONE_COMPONENTS(PAPERPHONE_ENUMERATOR) };
enum class Prop : std::uint8_t { PAPERPHONE_PROPS(PAPERPHONE_ENUMERATOR) };
#undef PAPERPHONE_ENUMERATOR

std::string_view prop_name(Prop prop);

enum class PropType : std::uint8_t {
  kTemplate,     // text with holes
  kBool,         // expression
  kNumberExpr,   // expression of kind int
  kDateExpr,     // expression of kind date
  kInstantExpr,  // expression of kind instant
  kAmountExpr,   // expression of kind int or money
  kAnyExpr,      // expression of any kind (order_by, value)
  kSeedExpr,     // expression of kind seed, int or text
  kPlace,        // something that can be written
  kTable,        // name of a table
  kInteger,      // literal
  kIntegers,     // list of literals, kept as text "1,2"
  kName,         // literal word
  kWord,         // the same, or a text with holes that gives such a word
  kIconName,     // name in the icon set, or a text with holes
  kColorName,    // "#RRGGBB", or a text with holes
  kWidgets,      // list of widgets
  kWidget,       // exactly one widget
  kItemList,     // list of entries
  kLabelList,    // likewise, and an entry's id may be left out
  kOptionList,   // likewise: chosen into `bind`
  kFlagList,     // list of entries, each flips its own bind
};

enum class Need : std::uint8_t {
  kMay,     // say it or not
  kMust,    // say it
  kEither,  // of those that need is written at, say exactly one
  kSome,    // ... at least one
  kAll,     // ... all or none
};

struct PropRule {
  Prop prop;
  PropType type;
  Need need = Need::kMay;
  // Words separated by spaces. kName, kWord: those it can be; kPlace: the kinds that
  // can be written (none: any); lists of entries: the keys of one.
  std::string_view allowed = {};
  bool of_day = false;  // sees `day`, the date in hand
};

// What a tap does by itself, where no transition says otherwise.
enum class Default : std::uint8_t {
  kNone,
  kFocus,      // the keyboard comes up for it
  kFlip,       // writes the opposite
  kFlipOwn,    // the same with the entry's own bind
  kChoose,     // writes the entry's value
  kStep,       // adds `amount`, within min and max
  kStepTenth,  // adds `amount` tenths of what lies between them
  kTrack,      // writes what lies between min and max where it was touched
  kDay,        // writes `start` and as many days as the part's number
  kZoom,       // the same where a map is drawn to a scale, about its middle
  kLocate,     // a map's middle moves to where one is
  kDigit,      // one key of a keypad: adds the digit `amount`
  kPoint,
  kErase,
  kPage,    // turns by `amount` pages
  kStar,    // writes `amount`
  kWheel,   // turns wheel number `wheel` by `amount` entries
  kEmpty,   // writes nothing: "" or 0
  kSubmit,  // as Enter would
  kTab,     // to the tab's screen
  kLeave,   // back
};

// A part that can be touched, or the widget as a whole.
struct PartRule {
  // In addresses and transitions: "clear" in `tap: search.clear`. "*": as many parts as
  // `list` has entries, by their ids; without a list as many as there are days, by
  // number.
  std::string_view name = {};
  std::optional<Prop> list = {};
  Default tap = Default::kNone;
  std::optional<Prop> writes = {};  // a widget that does not say it does nothing
  std::int8_t amount = 0;
  std::int8_t wheel = 0;
  std::string_view only_style = {};  // does something only where `style` is this
  Role role = Role::kButton;         // in the accessibility tree
  std::optional<Role> plain = {};    // the same where the widget has no id
  std::string_view called = {};      // what a person calls it, in Chinese, if it has no words

  bool is_days() const { return name == "*" && !list; }
};

// What a finger is for it.
enum class Use : std::uint8_t {
  kLook,   // it is there to be read; only a transition makes a tap do anything
  kBoth,   // it is read and touched
  kTouch,  // it is there to be touched, and needs an id
};
enum class Typing : std::uint8_t { kNo, kKeyboard, kKeypad };
// What a tap of an expert chooses by a value, as its parts have no names of their own.
enum class Picks : std::uint8_t { kNothing, kDay, kTime };
enum class Swipes : std::uint8_t { kNo, kPages, kWheels, kPans };
// Shall an expert that looks for its way to a screen try taps on it? Not on what takes
// many values: the search would grow without end, and landmarks name those.
enum class Search : std::uint8_t {
  kTry,
  kSubmit,  // its button alone, or the whole where it has none
  kSkip
};
// What stands between it and its neighbours.
enum class Spacing : std::uint8_t { kBlock, kRow, kText, kHeading, kTabs, kNone };
// Which margin it keeps by itself at its left and right.
enum class Edges : std::uint8_t { kNone, kCard, kPlate, kPadded };

struct Component {
  std::string_view name;  // the key in YAML
  std::string_view help;  // one line for reference and schema
  std::span<const PropRule> props = {};
  PartRule whole = {};
  std::span<const PartRule> parts = {};

  Use use = Use::kLook;
  Typing typing = Typing::kNo;
  Picks picks = Picks::kNothing;
  Swipes swipes = Swipes::kNo;
  Search search = Search::kTry;
  Spacing spacing = Spacing::kBlock;
  Edges edges = Edges::kNone;
  std::string_view item = {};     // the only component that stands in its `item`
  std::string_view only_in = {};  // the only one in whose `item` it stands
  int least = 0;                  // the least number where `min` says nothing

  // A tap on a part writes `bind`, then a transition for the whole widget runs
  // (`tap: calendar, go: back`).
  bool is_choice = false;
  bool folds = false;                // `body` is shown while `bind` is true
  bool made_by_loader = false;       // no key in YAML
  bool acts_by_transitions = false;  // a tap that no transition is about is a mistake
  bool has_no_face = false;          // only puts others in their places
  bool lies_under_body = false;      // what stands in it and has an id takes its taps
  bool lies_under_item = false;      // the same of its item, which covers it
  bool is_one_button = false;        // its rows cannot be touched one by one
  bool can_be_selected = false;      // a long press picks its text
  bool keeps_keyboard = false;       // Enter sends, and the next text can be typed
  bool stands_apart = false;         // a plate of its own: rows of it have gaps
  bool is_picture = false;           // dots of a carousel lie on it
  bool is_strip_of_choices = false;  // first on a page: dropdowns hang from below it
  bool can_be_header = false;        // first on a page without a bar, and `accent`: it
                                     // goes on up to the top
};

// All of them, in the order of WidgetKind.
std::span<const Component* const> components();
extern const Component* const kComponents[];
inline const Component& component(WidgetKind kind) {
  return *kComponents[std::size_t(kind)];
}
std::optional<WidgetKind> find_component(std::string_view name);

// What it may say under this property; nullptr: nothing.
const PropRule* prop_rule(const Component& component, Prop prop);

// The keys of an entry of its `items`.
std::string_view entry_keys(WidgetKind kind);

// Is it one of the words of a list that is separated by spaces?
bool is_word_of(std::string_view list, std::string_view word);

// The kinds of pictures there are.
inline constexpr std::string_view kPictureWords =
    "goods landscape portrait food poster map pattern";
// What an avatar can be: a person's picture, a merchant's sign, the name's letters.
inline constexpr std::string_view kAvatarWords = "person brand letters";

}  // namespace paperphone::app
