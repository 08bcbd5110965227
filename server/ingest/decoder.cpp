#include "server/ingest/decoder.h"

#include "server/ingest/message_reader.h"

namespace cohort::ingest {

Result<Decoded> Decoder::decode(std::string_view json)
{
    COHORT_CHECK(m_tree.parse(json));
    Decoded decoded;
    const JsonNode& root = m_tree.root();
    decoded.isList = root.kind == JsonKind::List;
    if (!decoded.isList) {
        COHORT_CHECK(addMessage(root, 0, decoded));
        return decoded;
    }
    if (!m_tree.first(root))
        return MessageReader::nothingSaid(root);
    int number = 0;
    for (const JsonNode* message = m_tree.first(root); message; message = m_tree.next(*message))
        COHORT_CHECK(addMessage(*message, number++, decoded));
    return decoded;
}

Result<void> Decoder::addMessage(const JsonNode& message, int number, Decoded& decoded) const
{
    if (message.kind != JsonKind::Object)
        return fail(ErrorCode::CannotParse,
                    QStringLiteral("a message must be an object, at byte %1").arg(message.begin));
    return MessageReader(m_tree, number, decoded).read(message);
}

Result<std::string> Decoder::proxyIdOf(std::string_view json)
{
    COHORT_CHECK(m_tree.parse(json));
    const JsonNode* message = &m_tree.root();
    if (message->kind == JsonKind::List)
        message = m_tree.first(*message);
    const JsonNode* id = nullptr;
    if (message) {
        for (const char* name : {"proxyId", "hubId"})
            id = id && id->kind != JsonKind::Null ? id : m_tree.find(*message, name);
        if (id && id->kind == JsonKind::Null)
            id = nullptr;
        const JsonNode* measures = m_tree.find(*message, "measures");
        if (!id && measures && measures->kind == JsonKind::List) {
            const JsonNode* measure = m_tree.first(*measures);
            id = measure ? m_tree.find(*measure, "deviceId") : nullptr;
        }
    }
    if (!id)
        return fail(ErrorCode::MissingValue,
                    QStringLiteral("without a token the message must name its device in proxyId"));
    return MessageReader::deviceKey(m_tree, *id);
}

} // namespace cohort::ingest
