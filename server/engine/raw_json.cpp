#include "server/engine/raw_json.h"

namespace cohort::engine {
namespace {

class Scanner
{
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    bool atEnd() const { return m_at >= m_text.size(); }
    char next() const { return atEnd() ? '\0' : m_text[m_at]; }
    void skip() { ++m_at; }
    void skipBlank()
    {
        while (!atEnd() && m_text.substr(m_at, 1).find_first_of(" \t\r\n") == 0)
            ++m_at;
    }
    // The text of the value that begins here.
    std::string_view value()
    {
        const std::size_t begin = m_at;
        int depth = 0;
        while (!atEnd()) {
            const char c = next();
            if (c == '"') {
                skipText();
            } else if (c == '{' || c == '[') {
                ++depth;
                skip();
            } else if (c == '}' || c == ']') {
                if (depth == 0)
                    break; // the end of what is around it
                --depth;
                skip();
            } else if (depth == 0 && (c == ',' || c == ':')) {
                break;
            } else {
                skip();
            }
        }
        return trimmed(m_text.substr(begin, m_at - begin));
    }

private:
    void skipText()
    {
        for (skip(); !atEnd() && next() != '"'; skip()) {
            if (next() == '\\')
                skip();
        }
        skip();
    }
    static std::string_view trimmed(std::string_view text)
    {
        const std::size_t last = text.find_last_not_of(" \t\r\n");
        return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

std::string rawMember(std::string_view object, std::string_view name)
{
    const std::string wanted = '"' + std::string(name) + '"';
    Scanner scanner(object);
    scanner.skipBlank();
    while (!scanner.atEnd() && scanner.next() != '}') {
        scanner.skip(); // the brace or a comma
        scanner.skipBlank();
        const std::string_view member = scanner.value();
        scanner.skip(); // the colon
        scanner.skipBlank();
        const std::string_view value = scanner.value();
        if (member == wanted)
            return value == "null" ? std::string() : std::string(value);
    }
    return {};
}

} // namespace cohort::engine
