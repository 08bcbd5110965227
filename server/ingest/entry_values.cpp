#include "server/ingest/entry_values.h"

#include "shared/base/limits.h"
#include "shared/model/stored_value.h"

#include <charconv>
#include <cmath>

namespace cohort::ingest {

QString quoted(std::string_view text)
{
    const std::string_view part = text.substr(0, 40);
    return QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size()));
}

tl::unexpected<Error> wrong(const QString& what)
{
    return fail(ErrorCode::WrongMeasurement, what);
}

bool hasControls(std::string_view text)
{
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            return true;
    }
    return false;
}

// A text, or an integer's digits, of at most `longest` bytes. NUL spoils the message, all else only this entry.
Result<std::string> nameText(const JsonTree& tree, const JsonNode& node, const char* what, std::size_t longest)
{
    if (node.kind == JsonKind::Integer)
        return std::string(tree.raw(node));
    if (node.kind != JsonKind::Text)
        return wrong(QStringLiteral("%1 must be a text").arg(QLatin1String(what)));
    if (node.text.size() <= longest && !hasControls(node.text))
        return std::string(node.text);
    if (node.text.find('\0') != std::string_view::npos)
        return fail(ErrorCode::CannotParse,
                    QStringLiteral("NUL in %1, at byte %2").arg(QLatin1String(what)).arg(node.begin));
    if (node.text.size() > longest)
        return wrong(
            QStringLiteral("%1 '%2…' has over %3 bytes").arg(QLatin1String(what), quoted(node.text)).arg(longest));
    return wrong(QStringLiteral("a control character in %1").arg(QLatin1String(what)));
}

// At most so many bytes, whole characters.
std::string_view beginningOf(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xc0U) == 0x80U)
        --bytes;
    return text.substr(0, bytes);
}

Result<std::string> optionalText(const JsonTree& tree, const JsonNode* node, const char* what, std::size_t longest)
{
    if (!node || node->kind == JsonKind::Null)
        return std::string();
    return nameText(tree, *node, what, longest);
}

Result<Value> measuredValue(const JsonTree& tree, const JsonNode& node)
{
    switch (node.kind) {
    case JsonKind::Boolean:
        return Value::ofNumber(node.boolean ? 1 : 0);
    case JsonKind::Integer:
        return Value::ofInteger(node.integer);
    case JsonKind::Real:
        if (!std::isfinite(node.number))
            return fail(ErrorCode::NotANumber, QStringLiteral("a number beyond 1.8e308; where there is no value, send "
                                                              "null"));
        if (std::abs(node.number) >= 0x1p53) // whole: with all digits, though there is a point or an exponent
            return numberIn(tree.raw(node)).value_or(Value::ofNumber(node.number));
        return Value::ofNumber(node.number);
    case JsonKind::Text:
        if (node.text.size() > ValueBytesMost)
            return wrong(QStringLiteral("a text value may have %1 bytes, this one has %2")
                             .arg(ValueBytesMost)
                             .arg(node.text.size()));
        if (node.text.find('\0') != std::string_view::npos)
            return wrong(QStringLiteral("a text value may not contain NUL"));
        return Value::ofText(std::string(node.text));
    case JsonKind::Null:
        return Value::none();
    case JsonKind::List:
    case JsonKind::Object:
        break;
    }
    return wrong(QStringLiteral("value must be a number, a text, a boolean or null"));
}

// True or false, or a word or number for it; nothing: it is left out.
Result<std::optional<bool>> flag(const JsonNode* node, const char* what)
{
    std::optional<bool> is;
    if (!node || node->kind == JsonKind::Null)
        return is;
    if (node->kind == JsonKind::Boolean)
        is = node->boolean;
    else if (node->kind == JsonKind::Text)
        is = model::onOrOff(node->text);
    else if (node->kind == JsonKind::Integer)
        is = model::onOrOff(node->number);
    if (!is)
        return wrong(QStringLiteral("%1 must be true or false").arg(QLatin1String(what)));
    return is;
}

Result<std::int64_t> wholeNumber(const JsonNode* node, const char* what)
{
    std::int64_t number = 0;
    if (node && node->kind == JsonKind::Integer)
        return node->integer;
    if (node && node->kind == JsonKind::Text) {
        const char* end = node->text.data() + node->text.size();
        const auto [rest, error] = std::from_chars(node->text.data(), end, number);
        if (error == std::errc() && rest == end && !node->text.empty())
            return number;
    }
    return wrong(QStringLiteral("%1 must be an integer").arg(QString::fromLatin1(what)));
}

} // namespace cohort::ingest
