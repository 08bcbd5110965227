#include "server/worker/options.h"

#include <charconv>
#include <string_view>

namespace cohort::worker {
namespace {

template <typename Number>
bool number(std::string_view text, Number& into)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc() && end == text.data() + text.size();
}

bool setOption(WorkerArguments& arguments, std::string_view name, std::string_view value)
{
    if (name == "--rules") {
        arguments.rulesPath = value;
        return true;
    }
    if (name == "--probe") {
        arguments.probe = value;
        return true;
    }
    return (name == "--memory" && number(value, arguments.memoryBytes)) ||
           (name == "--cpu-ms" && number(value, arguments.cpuMs)) || (name == "--uid" && number(value, arguments.uid));
}

} // namespace

Result<WorkerArguments> parseArguments(int count, char** values)
{
    WorkerArguments arguments;
    for (int i = 1; i < count; ++i) {
        const std::string_view name = values[i];
        if (name == "--numpy")
            arguments.numpy = true;
        else if (name == "--no-lock-down")
            arguments.lockDown = false;
        else if (i + 1 >= count || !setOption(arguments, name, values[++i]))
            return fail(ErrorCode::WrongValue, QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
    if (arguments.rulesPath.empty())
        return fail(ErrorCode::MissingValue, QStringLiteral("--rules"));
    return arguments;
}

} // namespace cohort::worker
