#include "shared/base/log.h"

#include "shared/base/system_clock.h"

#include <array>
#include <atomic>
#include <cstdio>
#include <unistd.h>

namespace cohort {

namespace {

// The process's only log setting; atomic because every thread writes lines.
std::atomic<LogLevel> leastLevel{LogLevel::Info};

constexpr std::array Names{"debug", "info", "warning", "error"};

} // namespace

std::string logQuoted(std::string_view value)
{
    bool plain = !value.empty();
    for (const char c : value)
        plain = plain && static_cast<unsigned char>(c) > 0x20 && c != '"' && c != '=' && c != 0x7f;
    if (plain)
        return std::string(value);
    std::string quoted = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            quoted += c == '\n' ? "\\n" : "?";
        else
            quoted += c;
    }
    return quoted + '"';
}

void setLogLevel(LogLevel level)
{
    leastLevel = level;
}

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields)
{
    if (level < leastLevel.load(std::memory_order_relaxed))
        return;
    std::string line = toIso(SystemClock().now());
    line.append(" ").append(Names.at(static_cast<std::size_t>(level))).append(" ").append(event);
    for (const LogField& field : fields)
        line.append(" ").append(field.key).append("=").append(logQuoted(field.value));
    line += '\n';
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

} // namespace cohort
