// How a noun describes itself: one function `fields(visit, noun)` names each member once, and every reader,
// writer and description follows it. Thread: values. Owner: nobody. Flow: struct → fields() → JSON both ways,
// rows, checks, OpenAPI. Source: style.md, "One noun, one struct".
#pragma once

#include <QString>

#include <array>
#include <optional>
#include <string_view>
#include <type_traits>

namespace cohort::model {

// T is U or const U: lets one `fields` function serve those that read a struct and those that write it.
template <typename T, typename U>
concept Of = std::is_same_v<std::remove_const_t<T>, U>;

// What holds for a member beside its type. Bounds: the value of a number, the characters of a text, the
// entries of a list, the members of a map; none where `most` is 0.
struct Rule
{
    double least = 0;
    double most = 0;
    bool isSecret = false;   // never in the audit log
    bool mayBeNone = false;  // an id that may be none, null in JSON
    bool isComputed = false; // worked out by the program, no column of the database

    constexpr Rule secret() const
    {
        Rule rule = *this;
        rule.isSecret = true;
        return rule;
    }
    constexpr Rule orNone() const
    {
        Rule rule = *this;
        rule.mayBeNone = true;
        return rule;
    }
};

namespace rules {

constexpr Rule between(double least, double most)
{
    return {.least = least, .most = most};
}
constexpr Rule characters(int least, int most)
{
    return between(least, most);
}
constexpr Rule entries(int least, int most)
{
    return between(least, most);
}
constexpr Rule secret()
{
    return Rule{}.secret();
}
constexpr Rule orNone()
{
    return Rule{}.orNone();
}
constexpr Rule computed()
{
    return {.isComputed = true};
}

} // namespace rules
using namespace rules;

// The words of an enum's values, in their order, on the wire and in the database: found by `enumNames(E)`
// beside the enum.
template <typename E>
concept Named = std::is_enum_v<E> && requires
{
    enumNames(E{});
};

template <Named E>
constexpr const char* nameOf(E value)
{
    return enumNames(E{})[static_cast<std::size_t>(value)];
}

template <Named E>
std::optional<E> valueOf(QStringView name)
{
    constexpr auto names = enumNames(E{});
    for (std::size_t i = 0; i < names.size(); ++i)
        if (name == QLatin1StringView(names[i]))
            return static_cast<E>(i);
    return std::nullopt;
}

template <Named E>
QString textOf(E value)
{
    return QString::fromLatin1(nameOf(value));
}

// A list in pages: `more` tells that there are rows after the last.
template <typename T>
struct Page;

} // namespace cohort::model
