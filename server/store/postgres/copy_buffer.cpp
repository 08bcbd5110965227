#include "server/store/postgres/copy_buffer.h"

#include <QtEndian>

#include <bit>

namespace cohort::store {

namespace {

constexpr std::int64_t Epoch2000Ms = 946'684'800'000; // where PostgreSQL's timestamps begin

} // namespace

CopyBuffer::CopyBuffer()
{
    constexpr std::string_view head("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19); // signature, flags, no extension
    m_bytes = head;
}

template <typename T>
void CopyBuffer::put(T value)
{
    const T network = qToBigEndian(value);
    m_bytes.append(reinterpret_cast<const char*>(&network), sizeof network);
}

void CopyBuffer::beginRow(std::int16_t fields)
{
    ++m_rows;
    put(fields);
}

void CopyBuffer::add(std::int16_t value)
{
    put(std::int32_t{2});
    put(value);
}

void CopyBuffer::add(std::int32_t value)
{
    put(std::int32_t{4});
    put(value);
}

void CopyBuffer::add(std::int64_t value)
{
    put(std::int32_t{8});
    put(value);
}

void CopyBuffer::add(double value)
{
    add(std::bit_cast<std::int64_t>(value));
}

void CopyBuffer::add(Timestamp value)
{
    add(std::int64_t{(toMs(value) - Epoch2000Ms) * 1'000});
}

void CopyBuffer::add(std::string_view text)
{
    put(static_cast<std::int32_t>(text.size()));
    m_bytes.append(text);
}

void CopyBuffer::addJson(std::string_view text)
{
    put(static_cast<std::int32_t>(text.size() + 1));
    m_bytes += '\1'; // the format's version
    m_bytes.append(text);
}

void CopyBuffer::addNull()
{
    put(std::int32_t{-1});
}

const std::string& CopyBuffer::finish()
{
    put(std::int16_t{-1});
    return m_bytes;
}

} // namespace cohort::store
