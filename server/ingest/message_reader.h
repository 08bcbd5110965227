// Reads one message of an upload from its tree.
// Thread: the decoder's. Owner: Decoder, for one message. Flow: JsonTree → here → Decoded.
#pragma once

#include "server/ingest/decoded.h"
#include "server/ingest/json_tree.h"

#include <array>

namespace cohort::ingest {

class MessageReader
{
public:
    // The members of a message, for those who sent another one.
    static constexpr std::string_view Members =
        "version, proxyId, sequenceNumber, measures, addDevices, responses, alerts";

    MessageReader(const JsonTree& tree, int message, Decoded& decoded)
        : m_tree(tree), m_message(message), m_decoded(decoded)
    {
    }
    // Errors: CannotParse, for a fault of form, and for a message that says nothing.
    Result<void> read(const JsonNode& message);
    // An outward device id: a text of 1 to 200 bytes, or an integer. Errors: CannotParse, WrongMeasurement.
    static Result<std::string> deviceKey(const JsonTree& tree, const JsonNode& node);
    // Why what begins at this node is no message: it would store nothing, and is no heartbeat.
    static tl::unexpected<Error> nothingSaid(const JsonNode& where);

private:
    using Entry = Result<void> (MessageReader::*)(const JsonNode&, UploadPlace);
    Result<void> readEnvelope(const JsonNode& message);
    Result<void> readProxy(const JsonNode& message);
    static Result<std::int64_t> stampOf(const JsonNode& stamp);
    bool saysSomething(const JsonNode& message) const;
    void noteEmpty(const JsonNode& message);
    Result<void> checkLength(const JsonNode& message, const char* name, int most) const;
    Result<void> readList(const JsonNode& message, const char* name, const char* part, Entry entry);
    Result<void> namesNoDevice(const JsonNode& measure) const;
    Result<void> readMeasure(const JsonNode& measure, UploadPlace place);
    Result<void> readParams(const JsonNode& params, const DecodedMeasurement& shared);
    Result<DecodedMeasurement> readParam(const JsonNode& param, const DecodedMeasurement& shared) const;
    Result<void> readDevice(const JsonNode& device, UploadPlace place);
    Result<void> readResponse(const JsonNode& response, UploadPlace place);
    Result<void> readAlert(const JsonNode& alert, UploadPlace place);
    Result<std::optional<Timestamp>> readTime(const JsonNode& entry) const;
    std::string paramsText(const JsonNode& alert) const;
    template <std::size_t N>
    void noteUnknown(const JsonNode& object, const char* place, const std::array<std::string_view, N>& known);
    Result<void> checkVersion(const JsonNode* version) const;

    const JsonTree& m_tree;
    const int m_message;
    Decoded& m_decoded;
    std::string m_proxy; // the message's proxyId: the device of what names none
};

} // namespace cohort::ingest
