// Rows in PostgreSQL's binary COPY format.
// Thread: the owner's. Owner: whoever copies. Flow: rows → here → copyIn(). Source: PostgreSQL manual, COPY, "Binary
// Format"; the send functions of the types.
#pragma once

#include "shared/base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace cohort::store {

class CopyBuffer
{
public:
    CopyBuffer();
    void beginRow(std::int16_t fields);
    void add(std::int16_t value);
    void add(std::int32_t value);
    void add(std::int64_t value);
    void add(double value);
    void add(Timestamp value);
    void add(std::string_view text);
    void addJson(std::string_view text); // jsonb
    void addNull();
    template <typename T>
    void add(const std::optional<T>& value)
    {
        if (value)
            add(*value);
        else
            addNull();
    }
    std::size_t rows() const { return m_rows; }
    // The whole, with its end mark; nothing can be added after.
    const std::string& finish();

private:
    template <typename T>
    void put(T value); // in network order

    std::string m_bytes;
    std::size_t m_rows = 0;
};

} // namespace cohort::store
