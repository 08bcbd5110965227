// Messages as tests write them, and what the decoder makes of them.
#pragma once

#include "server/ingest/decoder.h"

namespace cohort::ingest::test {

// One param in one measure, with `param` as the text between the braces.
inline QByteArray measureWith(const QByteArray& param, const QByteArray& rest = "\"timestamp\":1465517031000")
{
    return "{\"measures\":[{" + rest + ",\"params\":[{" + param + "}]}]}";
}

inline Result<Decoded> decode(const QByteArray& json)
{
    return Decoder().decode(std::string_view(json.constData(), static_cast<std::size_t>(json.size())));
}

} // namespace cohort::ingest::test
