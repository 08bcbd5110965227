// Reads and writes the packed values that frames are made of; one description per struct serves both
// directions. Thread: values. Owner: a pack or unpack call. Flow: struct → Writer → bytes → Reader → struct.
// Source: composer.md, "The sandbox", 5.
#pragma once

#include "server/engine/model.h"
#include "shared/base/utf8.h"

#include <bit>
#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace cohort::engine::wire {

// T is U or const U: lets one `fields` function describe a struct for the Reader and the Writer.
template <typename T, typename U>
concept Of = std::is_same_v<std::remove_const_t<T>, U>;

template <typename T>
concept Plain = (std::is_integral_v<T> || std::is_enum_v<T>)&&!std::is_same_v<T, bool>;

class Writer
{
public:
    std::string bytes;

    template <typename... T>
    void operator()(const T&... values)
    {
        (put(values), ...);
    }

private:
    void raw(std::uint64_t value, std::size_t width)
    {
        for (std::size_t i = 0; i < width; ++i)
            bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
    }
    void put(bool value) { raw(value ? 1 : 0, 1); }
    template <Plain T>
    void put(T value)
    {
        raw(static_cast<std::uint64_t>(value), sizeof(T));
    }
    void put(double value) { raw(std::bit_cast<std::uint64_t>(value), 8); }
    void put(Timestamp value) { put(toMs(value)); }
    template <typename Tag>
    void put(Id<Tag> id)
    {
        put(id.value);
    }
    void put(const std::string& value)
    {
        put(static_cast<std::uint32_t>(value.size()));
        bytes += value;
    }
    template <typename T>
    void put(const std::optional<T>& value)
    {
        put(value.has_value());
        if (value)
            put(*value);
    }
    template <typename T>
    void put(const std::vector<T>& values)
    {
        put(static_cast<std::uint32_t>(values.size()));
        for (const T& value : values)
            put(value);
    }
    template <typename K, typename V>
    void put(const std::map<K, V>& values)
    {
        put(static_cast<std::uint32_t>(values.size()));
        for (const auto& [key, value] : values) {
            put(key);
            put(value);
        }
    }
    template <typename T>
    requires(std::is_class_v<T>) void put(const T& value) { fields(*this, value); }
};

// The highest enumerator of an enum that travels; a larger number is refused.
template <typename T>
constexpr T lastOf();

// Never reads outside; after the first fault `fault()` says what it was and every further value is left as it
// is.
class Reader
{
public:
    explicit Reader(std::string_view bytes) : m_rest(bytes) {}

    template <typename... T>
    void operator()(T&... values)
    {
        (get(values), ...);
    }
    const char* fault() const { return m_fault; }
    bool atEnd() const { return m_rest.empty(); }

private:
    void fail(const char* what)
    {
        if (!m_fault)
            m_fault = what;
        m_rest = {};
    }
    std::uint64_t raw(std::size_t width)
    {
        if (m_fault || m_rest.size() < width) {
            fail("too short");
            return 0;
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < width; ++i)
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(m_rest[i])) << (8 * i);
        m_rest.remove_prefix(width);
        return value;
    }
    // A count of things that take at least a byte each, so a hostile count cannot make us allocate.
    std::size_t count()
    {
        const auto value = static_cast<std::size_t>(raw(4));
        if (value <= m_rest.size())
            return value;
        fail("a count that the frame cannot hold");
        return 0;
    }
    void get(bool& value)
    {
        const std::uint64_t byte = raw(1);
        if (byte > 1)
            fail("a truth value that is neither 0 nor 1");
        value = byte == 1;
    }
    template <Plain T>
    void get(T& value)
    {
        const std::uint64_t number = raw(sizeof(T));
        if constexpr (std::is_enum_v<T>) {
            if (number > static_cast<std::uint64_t>(lastOf<T>()))
                return fail("an unknown kind");
        }
        value = static_cast<T>(number);
    }
    void get(double& value)
    {
        const auto number = std::bit_cast<double>(raw(8));
        // NaN compares false with everything, so this refuses it as well as the infinities.
        if (!(number >= -std::numeric_limits<double>::max() && number <= std::numeric_limits<double>::max()))
            return fail("a number that is not finite");
        value = number;
    }
    void get(Timestamp& value)
    {
        std::int64_t ms = 0;
        get(ms);
        value = fromMs(ms);
    }
    template <typename Tag>
    void get(Id<Tag>& id)
    {
        get(id.value);
    }
    void get(std::string& value)
    {
        const std::size_t size = count();
        if (m_fault)
            return;
        const std::string_view text = m_rest.substr(0, size);
        if (!isUtf8(text))
            return fail("a text that is not UTF-8");
        value = text;
        m_rest.remove_prefix(size);
    }
    template <typename T>
    void get(std::optional<T>& value)
    {
        bool there = false;
        get(there);
        if (there)
            get(value.emplace());
    }
    template <typename T>
    void get(std::vector<T>& values)
    {
        const std::size_t size = count();
        for (std::size_t i = 0; i < size && !m_fault; ++i)
            get(values.emplace_back());
    }
    template <typename K, typename V>
    void get(std::map<K, V>& values)
    {
        const std::size_t size = count();
        for (std::size_t i = 0; i < size && !m_fault; ++i) {
            K key{};
            V value{};
            get(key);
            get(value);
            if (!values.emplace(std::move(key), std::move(value)).second)
                fail("a key that comes twice");
        }
    }
    template <typename T>
    requires(std::is_class_v<T>) void get(T& value) { fields(*this, value); }

    std::string_view m_rest;
    const char* m_fault = nullptr;
};

} // namespace cohort::engine::wire
