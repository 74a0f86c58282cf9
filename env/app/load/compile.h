// Scalars into compiled things; faults become findings.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "env/app/load/loading.h"

namespace paperphone::app {

Scope app_scope(Loading& loading, int app);
// Empty if there was a fault. what: "'where'".
Expr compile_expr(Loading& loading, const YamlNode& node, const Scope& scope,
                  std::string_view what);
Expr compile_expr(Loading& loading, const YamlNode& node, const Scope& scope,
                  std::string_view what, Type wanted);
// The scalar's text as a constant of the type.
Expr text_itself(Loading& loading, const YamlNode& node, Type type);
Expr compile_condition(Loading& loading, const YamlNode& node, const Scope& scope,
                       std::string_view what);
Template compile_template(Loading& loading, const YamlNode& node, const Scope& scope,
                          std::string_view what);
std::optional<Place> compile_place(Loading& loading, const YamlNode& node,
                                   const Scope& scope, std::string_view what);
std::optional<TableRef> compile_table(Loading& loading, const YamlNode& node,
                                      const Scope& scope, std::string_view what);
std::optional<GoTo> compile_go(Loading& loading, const YamlNode& node,
                               const Scope& scope, std::string_view what);
// What a notification says and where it leads: a screen of `app`, or of any app (-1).
NotifyEffect compile_notification(Loading& loading, const YamlNode& node,
                                  const Scope& scope, std::string_view what, int app);
// A name in the icon set; "" and a finding otherwise.
std::string compile_icon(Loading& loading, const YamlNode& node);
// `called:`, a plain text.
std::string compile_called(Loading& loading, const YamlNode& node);
// True if the name may be declared; else a finding.
bool check_name(Loading& loading, const YamlNode& key, std::string_view what);
// The same for ids, which may be words of the language.
bool check_id(Loading& loading, const YamlNode& node);

}  // namespace paperphone::app
