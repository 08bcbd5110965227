// The log: one line an event, `time level event key=value …`, to standard error. Never tokens, names or contacts.
// Thread: any; a line is written whole. Owner: the process. Flow: everywhere → standard error → journald.
#pragma once

#include <QString>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace cohort {

enum class LogLevel { Debug, Info, Warning, Error };

struct LogField
{
    std::string_view key;
    std::string value;

    LogField(std::string_view k, std::string v) : key(k), value(std::move(v)) {}
    LogField(std::string_view k, const char* v) : key(k), value(v) {}
    LogField(std::string_view k, const QString& v) : key(k), value(v.toStdString()) {}
    template <typename N>
    requires std::is_arithmetic_v<N> LogField(std::string_view k, N v) : key(k), value(std::to_string(v)) {}
};

// Writes the line, unless `level` is below the one set; values with spaces or control characters are quoted.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});
// The least level that is written; Info at the start.
void setLogLevel(LogLevel level);
// One field's value as it stands in a line: quoted and escaped where it has to be.
std::string logQuoted(std::string_view value);

} // namespace cohort
