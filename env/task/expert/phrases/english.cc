#include "env/task/expert/phrases/phrases.h"

namespace paperphone::task {
namespace {

// Clauses in lower case: what begins a sentence gets its capital (Phrases::begun). An action
// and a purpose are bare infinitives, so that they stand behind "I", "to" and alone.

// {0}: page, {1}: obstacle.
constexpr std::string_view kPlaces[] = {
    "this is {0}",
    "{0} is open",
    "I am on {0}",
    "the screen shows {0}",
    "I am looking at {0}",
    "{0} has come up",
    "now {0} is in front",
    "the present page is {0}",
    "I have got to {0}",
    "what I see is {0}",
    "here is {0}",
    "the phone shows {0}"};
constexpr std::string_view kInTheWay[] = {
    "before anything else on {0}: {1}",
    "this is {0}, but {1}",
    "{0} is there, but {1}",
    "{1}, and {0} cannot be used like this",
    "{0} is not free yet: {1}",
    "I cannot go on at {0} yet: {1}",
    "something has come up at {0}: {1}",
    "{1}, which comes first; this is {0}"};
// {0}: what was read.
constexpr std::string_view kReads[] = {
    "I see that {0} and keep it in mind",
    "{0}, which I must remember",
    "it says here that {0}; noted",
    "I read that {0}, to be used later",
    "{0}, needed later on",
    "found it: {0}",
    "now it is clear that {0}",
    "worth noting: {0}"};
constexpr std::string_view kKeeps[] = {
    "earlier I saw that {0}",
    "I noted that {0}",
    "as I read before, {0}",
    "I remember that {0}",
    "from what I noted, {0}",
    "I know already that {0}"};
// {0}: purpose, {1}: action.
constexpr std::string_view kPlans[] = {
    "to {0}, I {1}",
    "{1} to {0}",
    "in order to {0}, {1}",
    "the next step is to {1}, so that I can {0}",
    "now {1}; that way I can {0}",
    "first {1}, then {0}",
    "I want to {0}, so I {1}",
    "the task still asks me to {0}, so I {1}",
    "I {1}, so as to {0}",
    "the aim is to {0}, so {1}",
    "I have yet to {0}; therefore {1}",
    "since I have to {0}, I should {1}",
    "what is due now is to {0}, hence {1}",
    "let me {1} and {0}",
    "I plan to {0}; the first thing is to {1}",
    "one more action to {0}: {1}"};
constexpr std::string_view kClearings[] = {
    "{1}, and with that gone {0}",
    "first {1}, only then {0}",
    "I {1} before I {0}",
    "as it is I cannot {0}, so {1}",
    "{1}, so that nothing keeps me from it: I have to {0}",
    "I have to {1} and then {0}",
    "{1}, then back to work: {0}",
    "to {0} I must first {1}"};
constexpr std::string_view kRetreats[] = {
    "nothing I need is here; {1} and find another way to {0}",
    "that was a wrong turn; {1}, then {0}",
    "this is not the place; {1} and look elsewhere to {0}",
    "this page does not help; {1}, I still have to {0}",
    "I cannot {0} on this page, so {1}",
    "it does not seem to be here; {1} and try again to {0}",
    "I am through with this page; {1}, then {0}",
    "to {0} I have to leave here: {1}"};
constexpr std::string_view kDone[] = {
    "all that was asked for is done",
    "the job is done",
    "the result is as asked for",
    "what had to be changed is changed",
    "the state that the task describes is reached",
    "I have checked, nothing is missing",
    "this is just how it should be",
    "the last step is done too",
    "the goal is reached",
    "everything is taken care of",
    "all of it has been carried out",
    "there is nothing left to do"};
constexpr std::string_view kEnds[] = {
    "I can {1}",
    "now I {1}",
    "so I {1}",
    "I {1} and touch nothing else",
    "no more actions are needed, I {1}",
    "time to {1}",
    "I may safely {1}",
    "I {1} before I change too much"};
constexpr std::string_view kFound[] = {
    "what was asked is clear now",
    "the answer is right here",
    "I have found all that was asked for",
    "the data are complete",
    "no need to look further",
    "I have the information that is needed",
    "held against the question, this is enough",
    "having seen it all I can conclude",
    "I have looked at all there is to look at",
    "that is certain now",
    "this is the answer that is wanted",
    "the search is over"};
constexpr std::string_view kAnswers[] = {
    "I {1}",
    "I can {1}",
    "then I {1}",
    "so I {1}",
    "now I {1}",
    "as it stands, I {1}",
    "I should {1}",
    "let me {1}"};
constexpr std::string_view kCannot[] = {
    "I have looked, it really is not there",
    "from what I see it cannot be done",
    "what the task takes for granted is not so",
    "nothing fits what is asked",
    "this is impossible",
    "I looked from top to bottom and there is none",
    "the conditions are not met",
    "the result is empty, so nothing can be done"};

}  // namespace

const Phrases& english_phrases() {
  static constexpr Phrases kPhrases = {
      .citation = "“{}”",
      .has_capitals = true,
      .forms = {.usual = "{0}. {1}.",
                .aside = "{1} ({0}).",
                .knowing = "{0}. {1}. {2}.",
                .ending = "{0}. {1}. {2}."},
      .places = kPlaces,
      .in_the_way = kInTheWay,
      .reads = kReads,
      .keeps = kKeeps,
      .plans = kPlans,
      .clearings = kClearings,
      .retreats = kRetreats,
      .done = kDone,
      .cannot = kCannot,
      .ends = kEnds,
      .found = kFound,
      .answers = kAnswers,
      .pages = {.lock = "the lock screen",
                .notices = "the notification shade",
                .controls = "the control centre",
                .recents = "the recent apps",
                .home = "the home screen",
                .of_app = "{1} in {0}",
                .nameless = "a page of {0}"},
      .obstacles = {.off = "the screen is off",
                    .locked = "the phone is locked",
                    .dialog = "a dialog is in the way",
                    .selection = "some text is selected"},
      .facts = {.form = "{0} is {1}", .bare = "the value is {0}"},
      .purposes = {.learn = "see what I am looking for",
                   .learn_of = "look at how {0} stands",
                   .learn_one = "find out {0}",
                   .learn_label = "compare {0}",
                   .learn_both = "find out {1} of {0}",
                   .find = "find {0}",
                   .enter = "open {0}",
                   .read_page = "read this page",
                   .fill = "fill in what is asked for",
                   .fill_in = "fill in {0}",
                   .submit = "submit what was filled in",
                   .hold = "bring up more actions",
                   .choose = "choose {0}",
                   .step_of = "get {0} done",
                   .step_on = "do what is needed on {0}",
                   .go_on = "go on with the task",
                   .look_at_controls = "open the control centre",
                   .look_at_notices = "look at the notifications"},
      .actions = {.tap = "tap {0}",
                  .tap_nameless = "tap it",
                  .hold = "long-press {0}",
                  .hold_nameless = "long-press it",
                  .swipe_left = "swipe left",
                  .swipe_right = "swipe right",
                  .swipe_up = "swipe up",
                  .swipe_down = "swipe down",
                  .type = "type {0}",
                  .back = "go back",
                  .home = "go to the home screen",
                  .recents = "open the recent apps",
                  .enter = "press Enter",
                  .open = "open {0}",
                  .power = "press the power key",
                  .clear = "clear the text field",
                  .wait = "wait",
                  .answer = "answer {0}",
                  .end = "end the task",
                  .give_up = "end the task and say that it cannot be done"}};
  return kPhrases;
}

}  // namespace paperphone::task
