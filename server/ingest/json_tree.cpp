#include "server/ingest/json_tree.h"

#include "server/ingest/json_fault.h"
#include "shared/base/utf8.h"

#include <algorithm>
#include <cmath>

namespace cohort::ingest {

namespace {

constexpr int FewMembers = 8;
constexpr std::size_t LargestSource = 64U << 20; // offsets are 32 bits; the edge's own limit is far below

QString noNumberOfJson()
{
    return QStringLiteral(
        "this is no number of JSON, which begins with a digit or -, not with more zeros than one, and has "
        "digits on both sides of its point; where there is no value, send null or leave it out");
}

tl::unexpected<Error> cannotParse(const QString& what, std::size_t byte)
{
    return fail(ErrorCode::CannotParse, QStringLiteral("%1, at byte %2").arg(what).arg(byte));
}

// UTF-16 or UTF-32, by its mark or by the zero bytes that JSON never begins with.
bool isWide(std::string_view json)
{
    return json.starts_with("\xff\xfe") || json.starts_with("\xfe\xff") ||
           json.substr(0, 4).find('\0') != std::string_view::npos;
}

constexpr std::string_view ByteOrderMark = "\xef\xbb\xbf";

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// What `"value":21,5` breaks at.
bool isAfterDecimalComma(std::string_view json, std::size_t byte)
{
    return byte >= 2 && byte < json.size() && isDigit(json[byte]) && json[byte - 1] == ',' && isDigit(json[byte - 2]);
}

// Of the number that the text begins with, by JSON's grammar (RFC 8259, section 6); 0: it begins with none.
std::size_t numberLength(std::string_view text)
{
    std::size_t at = 0;
    const auto takes = [&](std::string_view any) {
        const bool is = at < text.size() && any.find(text[at]) != std::string_view::npos;
        at += is ? 1 : 0;
        return is;
    };
    const auto digits = [&] {
        const std::size_t began = at;
        while (at < text.size() && isDigit(text[at]))
            ++at;
        return at - began;
    };
    takes("-");
    const bool isZero = at < text.size() && text[at] == '0';
    if (const std::size_t whole = digits(); whole == 0 || (isZero && whole > 1))
        return 0;
    if (takes(".") && digits() == 0)
        return 0;
    if (takes("eE")) {
        takes("+-");
        if (digits() == 0)
            return 0;
    }
    const bool isOver = at == text.size() || isSpace(text[at]) || text[at] == ',' || text[at] == ']' || text[at] == '}';
    return isOver ? at : 0;
}

} // namespace

Result<void> JsonTree::parse(std::string_view json)
{
    m_nodes.clear();
    m_size = json.size();
    if (json.size() > LargestSource)
        return fail(ErrorCode::TooLarge, QStringLiteral("a message may have 64 MiB at the very most"));
    m_source.assign(json);
    if (json.starts_with(ByteOrderMark)) // blanks, so that every byte keeps its number
        m_source.replace(0, ByteOrderMark.size(), ByteOrderMark.size(), ' ');
    m_source.resize(json.size() + simdjson::SIMDJSON_PADDING, ' ');
    const auto error = m_parser.iterate(m_source.data(), m_size, m_source.size()).get(m_document);
    if (error)
        return broken(error);
    simdjson::ondemand::value root;
    if (const auto failed = m_document.get_value().get(root)) {
        if (failed == simdjson::SCALAR_DOCUMENT_AS_VALUE && !isWide(json))
            return cannotParse(QStringLiteral("an object or a list of objects is wanted"), 0);
        return broken(failed);
    }
    COHORT_CHECK(add(root, 1));
    const char* more = nullptr;
    if (!m_document.current_location().get(more))
        return cannotParse(QStringLiteral("there is more after the message"), nextToken());
    return {};
}

const JsonNode* JsonTree::find(const JsonNode& object, std::string_view name) const
{
    if (object.kind != JsonKind::Object)
        return nullptr;
    for (const JsonNode* member = first(object); member; member = next(*member)) {
        if (member->key == name)
            return member;
    }
    return nullptr;
}

std::string_view JsonTree::raw(const JsonNode& node) const
{
    return std::string_view(m_source).substr(node.begin, node.end - node.begin);
}

std::uint32_t JsonTree::offsetOf(const char* location) const
{
    const std::ptrdiff_t offset = location - m_source.data();
    return static_cast<std::uint32_t>(std::clamp<std::ptrdiff_t>(offset, 0, static_cast<std::ptrdiff_t>(m_size)));
}

std::uint32_t JsonTree::nextToken()
{
    const char* location = nullptr;
    if (m_document.current_location().get(location))
        return static_cast<std::uint32_t>(m_size);
    return offsetOf(location);
}

// Adds the value with all below it; returns its index.
Result<std::uint32_t> JsonTree::add(simdjson::ondemand::value value, int depth)
{
    const std::uint32_t begin = nextToken();
    if (depth > MaxDepth)
        return cannotParse(QStringLiteral("nested over %1 deep").arg(MaxDepth), begin);
    COHORT_CHECK(refuseWords(begin));
    simdjson::ondemand::json_type type{};
    if (const auto error = value.type().get(type))
        return broken(error);
    const auto index = static_cast<std::uint32_t>(m_nodes.size());
    m_nodes.emplace_back().begin = begin;
    if (type == simdjson::ondemand::json_type::array) {
        COHORT_CHECK(addList(value, index, depth));
    } else if (type == simdjson::ondemand::json_type::object) {
        COHORT_CHECK(addObject(value, index, depth));
    } else {
        COHORT_CHECK(addScalar(value, m_nodes[index]));
    }
    std::uint32_t end = nextToken();
    while (end > begin && isSpace(m_source[end - 1]))
        --end;
    m_nodes[index].end = std::max(end, m_nodes[index].end);
    return index;
}

// NaN, Infinity, None, True, +5, .5: what programs write that do not know JSON.
Result<void> JsonTree::refuseWords(std::uint32_t begin) const
{
    const std::string_view rest = std::string_view(m_source).substr(begin, 12);
    if (rest.size() > 1 && (rest[0] == '+' || rest[0] == '.') && (isDigit(rest[1]) || rest[1] == '.'))
        return cannotParse(noNumberOfJson(), begin);
    std::size_t letters = rest.starts_with('-') || rest.starts_with('+') ? 1 : 0;
    if (letters >= rest.size() || !isLetter(rest[letters]))
        return {};
    while (letters < rest.size() && isLetter(rest[letters]))
        ++letters;
    const std::string_view word = rest.substr(0, letters);
    if (word == "true" || word == "false" || word == "null")
        return {};
    return cannotParse(QStringLiteral("%1 is no JSON; where there is no value, send null or leave it out")
                           .arg(QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size()))),
                       begin);
}

Result<void> JsonTree::addScalar(simdjson::ondemand::value value, JsonNode& node)
{
    using simdjson::ondemand::json_type;
    const json_type type = value.type().value_unsafe();
    simdjson::error_code error = simdjson::SUCCESS;
    if (type == json_type::string) {
        node.kind = JsonKind::Text;
        error = value.get_string().get(node.text);
    } else if (type == json_type::boolean) {
        node.kind = JsonKind::Boolean;
        error = value.get_bool().get(node.boolean);
    } else if (type == json_type::null) {
        bool isNull = false;
        error = value.is_null().get(isNull);
        if (!error && !isNull)
            error = simdjson::N_ATOM_ERROR;
    } else if (value.get_int64().get(node.integer) == simdjson::SUCCESS) {
        node.kind = JsonKind::Integer;
        node.number = static_cast<double>(node.integer);
    } else {
        node.kind = JsonKind::Real;
        error = value.get_double().get(node.number);
        if (!error && std::isfinite(node.number))
            return {};
        const std::size_t length = numberLength(std::string_view(m_source).substr(node.begin, m_size - node.begin));
        if (length == 0)
            return cannotParse(noNumberOfJson(), node.begin);
        // JSON, though beyond every double: its reader refuses it, and its neighbours are good.
        node.number = m_source[node.begin] == '-' ? -HUGE_VAL : HUGE_VAL;
        node.end = node.begin + static_cast<std::uint32_t>(length);
        return {};
    }
    if (error)
        return broken(error);
    return {};
}

Result<void> JsonTree::addList(simdjson::ondemand::value value, std::uint32_t parent, int depth)
{
    m_nodes[parent].kind = JsonKind::List;
    simdjson::ondemand::array list;
    if (const auto error = value.get_array().get(list))
        return broken(error);
    std::uint32_t last = 0;
    for (auto element : list) {
        simdjson::ondemand::value member;
        if (const auto error = std::move(element).get(member))
            return broken(error);
        COHORT_TRY(index, add(member, depth + 1));
        (last == 0 ? m_nodes[parent].child : m_nodes[last].next) = index;
        last = index;
    }
    return {};
}

Result<void> JsonTree::addObject(simdjson::ondemand::value value, std::uint32_t parent, int depth)
{
    m_nodes[parent].kind = JsonKind::Object;
    simdjson::ondemand::object object;
    if (const auto error = value.get_object().get(object))
        return broken(error);
    std::uint32_t last = 0;
    for (auto entry : object) {
        simdjson::ondemand::field field;
        if (const auto error = std::move(entry).get(field))
            return broken(error);
        std::string_view key;
        if (const auto error = field.unescaped_key().get(key))
            return broken(error);
        if (key.find('\0') != std::string_view::npos)
            return cannotParse(QStringLiteral("a name with NUL in it"), nextToken());
        COHORT_TRY(index, add(field.value(), depth + 1));
        m_nodes[index].key = key;
        (last == 0 ? m_nodes[parent].child : m_nodes[last].next) = index;
        last = index;
    }
    return refuseDuplicates(parent);
}

tl::unexpected<Error> JsonTree::twice(const JsonNode& member)
{
    const std::string_view key = member.key.substr(0, 64);
    return cannotParse(QStringLiteral("'%1' stands twice in one object")
                           .arg(QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()))),
                       member.begin);
}

// What devices send has a handful of members, which are compared one with the other; more are sorted.
Result<void> JsonTree::refuseDuplicates(std::uint32_t parent) const
{
    int count = 0;
    for (const JsonNode* member = first(m_nodes[parent]); member; member = next(*member)) {
        if (++count > FewMembers)
            return refuseDuplicatesOfMany(parent);
        for (const JsonNode* before = first(m_nodes[parent]); before != member; before = next(*before)) {
            if (before->key == member->key)
                return twice(*member);
        }
    }
    return {};
}

Result<void> JsonTree::refuseDuplicatesOfMany(std::uint32_t parent) const
{
    std::vector<const JsonNode*> members;
    for (const JsonNode* member = first(m_nodes[parent]); member; member = next(*member))
        members.push_back(member);
    const auto byKey = [](const JsonNode* a, const JsonNode* b) {
        return a->key != b->key ? a->key < b->key : a->begin < b->begin;
    };
    std::sort(members.begin(), members.end(), byKey);
    const auto same = [](const JsonNode* a, const JsonNode* b) { return a->key == b->key; };
    const auto found = std::adjacent_find(members.begin(), members.end(), same);
    return found == members.end() ? Result<void>() : twice(**std::next(found));
}

tl::unexpected<Error> JsonTree::broken(simdjson::error_code error)
{
    const std::string_view json = std::string_view(m_source).substr(0, m_size);
    if (isWide(json))
        return cannotParse(QStringLiteral("this is UTF-16 or UTF-32; send UTF-8"), 0);
    if (error == simdjson::EMPTY)
        return cannotParse(QStringLiteral("the message is empty"), 0);
    if (error == simdjson::UTF8_ERROR)
        return cannotParse(QStringLiteral("not UTF-8"), firstNotUtf8(json));
    if (error == simdjson::UNESCAPED_CHARS || error == simdjson::UNCLOSED_STRING)
        return cannotParse(QStringLiteral("a string that is not closed, or a control character in it"),
                           firstBrokenString(json));
    const std::size_t byte = m_nodes.empty() ? 0 : nextToken();
    if (isAfterDecimalComma(json, byte))
        return cannotParse(QStringLiteral("this is not JSON: the decimal sign is a point"), byte);
    return cannotParse(QStringLiteral("this is not JSON"), byte);
}

} // namespace cohort::ingest
