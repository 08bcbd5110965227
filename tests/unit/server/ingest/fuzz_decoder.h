// What holds for the decoder whatever bytes come.
// Thread: any. Owner: none. Flow: fuzzer or corpus → decoder → abort when something does not hold.
#pragma once

#include "server/ingest/decoder.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace cohort::ingest {

// Aborts when what was decoded breaks a bound that the database or the reply relies on.
inline void decodeAnything(std::string_view json)
{
    const auto must = [](bool holds) {
        if (!holds)
            std::abort();
    };
    Decoder decoder;
    const auto decoded = decoder.decode(json);
    (void)decoder.proxyIdOf(json);
    must(decoded || decoded.error().code == ErrorCode::CannotParse || decoded.error().code == ErrorCode::TooLarge);
    if (!decoded)
        return;
    must(decoded->sequence.size() <= LongestSequence);
    for (const DecodedMeasurement& one : decoded->measurements) {
        must(!one.name.empty() && one.name.size() <= LongestName && one.index.size() <= LongestName);
        must(one.name.find('\0') == std::string::npos && one.device.find('\0') == std::string::npos);
        must(one.value.number || one.value.text);
        must(!one.value.number || std::isfinite(*one.value.number));
        must(!one.value.text ||
             (one.value.text->size() <= LongestText && one.value.text->find('\0') == std::string::npos));
    }
    for (const DecodedResponse& response : decoded->responses)
        must(response.command > 0 && response.result >= 0 && response.result <= 99);
}

} // namespace cohort::ingest
