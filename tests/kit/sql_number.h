// An id or a count as a statement's text. Thread: any. Owner: nobody. Flow: number(id.value) → TestDatabase::run.
#pragma once

#include <QByteArray>

#include <cstdint>

namespace cohort::testkit {

inline QByteArray number(std::int64_t value)
{
    return QByteArray::number(static_cast<qint64>(value));
}

} // namespace cohort::testkit
