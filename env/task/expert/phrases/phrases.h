// The words of the expert's speech: a language is one of these, in a file of its own. What
// stands in braces is filled in; the names in it, as the screen writes them, are cited().
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "env/thought_language.h"

namespace paperphone::task {

struct Phrases {
  // Several ways to say the same. All of one kind take the same words.
  using Choice = std::span<const std::string_view>;

  // How a name, a label or a text of the screen is told from the words around it.
  std::string_view citation;
  bool has_capitals = false;  // sentences begin with one

  // A thought from its clauses. {0}: where, {1}: what comes next.
  struct Forms {
    std::string_view usual, aside;
    std::string_view knowing;  // {0}: where, {1}: what is known, {2}: what comes next
    std::string_view ending;   // three clauses
  } forms;

  // Clauses.
  Choice places;      // {0}: page
  Choice in_the_way;  // {0}: page, {1}: obstacle
  Choice reads;       // {0}: a fact that this screen tells
  Choice keeps;       // {0}: a fact that an earlier one told
  // {0}: purpose, {1}: action.
  Choice plans;
  Choice clearings;  // of the way
  Choice retreats;
  // Why it ends, and ({1}: action) how.
  Choice done, cannot, ends;
  Choice found, answers;

  struct Pages {
    std::string_view lock, notices, controls, recents, home;
    std::string_view of_app;    // {0}: app, {1}: what the page is called
    std::string_view nameless;  // {0}: app
  } pages;

  struct Obstacles {
    std::string_view off, locked, dialog, selection;
  } obstacles;

  struct Facts {
    std::string_view form;  // {0}: label, {1}: value
    std::string_view bare;  // {0}: a value without a label
  } facts;

  // What an action is for. {0}: a name.
  struct Purposes {
    std::string_view learn;          // nobody can say more
    std::string_view learn_of;       // {0}: a row's name
    std::string_view learn_one;      // {0}: label
    std::string_view learn_label;    // {0}: label, of several rows
    std::string_view learn_both;     // {0}: a row's name, {1}: label
    std::string_view find;           // {0}: a row's name
    std::string_view enter;          // {0}: a page, cited already
    std::string_view read_page;
    std::string_view fill, fill_in;  // fill_in: {0}: a field
    std::string_view submit, hold;
    std::string_view choose;         // {0}: what the instruction wants
    std::string_view step_of;        // {0}: a button
    std::string_view step_on;        // {0}: a page, cited already
    std::string_view go_on;
    std::string_view look_at_controls, look_at_notices;
  } purposes;

  struct Actions {
    std::string_view tap, tap_nameless, hold, hold_nameless;
    std::string_view swipe_left, swipe_right, swipe_up, swipe_down;
    std::string_view type, back, home, recents, enter, open, power, clear, wait;
    std::string_view answer, end, give_up;
  } actions;

  // REQUIRES: the pattern asks for no more words.
  std::string say(std::string_view pattern, std::string_view a = {}, std::string_view b = {},
                  std::string_view c = {}) const;
  std::string cited(std::string_view name) const { return say(citation, name); }
  // A clause as the beginning of a sentence.
  std::string begun(std::string clause) const;
};

const Phrases& phrases_of(ThoughtLanguage language);
const Phrases& chinese_phrases();
const Phrases& english_phrases();

}  // namespace paperphone::task
