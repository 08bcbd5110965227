#include "server/store/postgres/statement.h"

#include <string>

namespace cohort::store {

namespace {

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool isName(char c)
{
    return isNameStart(c) || (c >= '0' && c <= '9');
}

// The end of the quoted piece that begins at `at`; a doubled quote is two pieces, which comes to the same.
std::size_t quotedEnd(std::string_view sql, std::size_t at)
{
    const std::size_t end = sql.find(sql[at], at + 1);
    return end == std::string_view::npos ? sql.size() : end + 1;
}

} // namespace

PreparedText prepareText(std::string_view sql)
{
    PreparedText result;
    std::string text;
    std::size_t at = 0;
    while (at < sql.size()) {
        const char c = sql[at];
        if (c == '\'' || c == '"') {
            const std::size_t end = quotedEnd(sql, at);
            text.append(sql.substr(at, end - at));
            at = end;
        } else if (sql.substr(at, 2) == "--") {
            at = std::min(sql.find('\n', at), sql.size());
        } else if (sql.substr(at, 2) == "::") {
            text.append("::");
            at += 2;
        } else if (c == ':' && at + 1 < sql.size() && isNameStart(sql[at + 1])) {
            std::size_t end = at + 1;
            while (end < sql.size() && isName(sql[end]))
                ++end;
            result.names.emplace_back(sql.data() + at + 1, static_cast<qsizetype>(end - at - 1));
            text += '?';
            at = end;
        } else {
            text += c;
            ++at;
        }
    }
    result.text = QString::fromStdString(text).trimmed();
    return result;
}

} // namespace cohort::store
