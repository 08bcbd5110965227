// Device JSON → Decoded. A fault of form spoils the whole message; a fault of one measurement only that one.
// Thread: one (an io thread keeps its own, for the buffers). Owner: Intake. Flow: bytes → JsonTree → Decoded.
// Source: device-protocol.md, "Upload", "Bad input, and what it gets".
#pragma once

#include "server/ingest/decoded.h"
#include "server/ingest/json_tree.h"

#include <string>
#include <string_view>

namespace cohort::ingest {

// A bound in bytes.
constexpr std::size_t LongestSequence = 256; // a sequenceNumber, as JSON

class Decoder
{
public:
    // Errors: CannotParse, TooLarge.
    Result<Decoded> decode(std::string_view json);
    // The proxyId (hubId) of the first message, or else its first measure's deviceId. Errors: CannotParse, MissingValue.
    Result<std::string> proxyIdOf(std::string_view json);

private:
    Result<void> addMessage(const JsonNode& message, int number, Decoded& decoded) const;

    JsonTree m_tree;
};

} // namespace cohort::ingest
