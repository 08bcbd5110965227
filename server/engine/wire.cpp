#include "server/engine/wire.h"

#include "server/engine/wire_codec.h"

#include <QString>

#include <utility>

namespace cohort::engine::wire {

template <>
constexpr HomeClock lastOf<HomeClock>()
{
    return HomeClock::Events;
}
template <>
constexpr EventKind lastOf<EventKind>()
{
    return EventKind::Installed;
}
template <>
constexpr EffectKind lastOf<EffectKind>()
{
    return EffectKind::Emit;
}
template <>
constexpr RunStatus lastOf<RunStatus>()
{
    return RunStatus::StateTooLarge;
}

// What each struct is made of, in the order of the frame. Not in an unnamed namespace: they are found by the
// namespace of the Reader or Writer.
static void fields(auto& a, Of<Value> auto& v)
{
    a(v.number, v.text, v.integer);
}
static void fields(auto& a, Of<RoomInfo> auto& v)
{
    a(v.kind, v.name);
}
static void fields(auto& a, Of<DeviceInfo> auto& v)
{
    a(v.id, v.key, v.type, v.use, v.room, v.description);
}
static void fields(auto& a, Of<HomeInfo> auto& v)
{
    a(v.id, v.name, v.timeZone, v.clock, v.rooms, v.devices);
}
static void fields(auto& a, Of<Event> auto& v)
{
    a(v.kind, v.time, v.name, v.index, v.device, v.value, v.previous, v.data, v.late, v.depth);
}
static void fields(auto& a, Of<Latest> auto& v)
{
    a(v.device, v.name, v.index, v.value, v.time, v.isFact);
}
static void fields(auto& a, Of<Effect> auto& v)
{
    a(v.kind, v.payload);
}
static void fields(auto& a, Of<Run> auto& v)
{
    a(v.number, v.handler, v.event, v.now, v.seed);
}
static void fields(auto& a, Of<RunResult> auto& v)
{
    a(v.number, v.status, v.error, v.because, v.log, v.effects, v.state, v.cpuUs);
}
static void fields(auto& a, Of<Load> auto& v)
{
    a(v.script, v.source, v.helpers);
}
static void fields(auto& a, Of<Check> auto& v)
{
    a(v.name, v.source, v.helpers);
}
static void fields(auto& a, Of<SetHome> auto& v)
{
    a(v.home, v.info);
}
static void fields(auto& a, Of<SetInstance> auto& v)
{
    a(v.script, v.home, v.parameters, v.state, v.dropLatest);
}
static void fields(auto& a, Of<RunOne> auto& v)
{
    a(v.script, v.home, v.run, v.changes, v.timers);
}
static void fields(auto& a, Of<RunBatch> auto& v)
{
    a(v.runs);
}
static void fields(auto& a, Of<HistoryAnswer> auto& v)
{
    a(v.run, v.query, v.error, v.timesMs, v.values);
}
static void fields(auto& a, Of<Fault> auto& v)
{
    a(v.file, v.line, v.column, v.message);
}
static void fields(auto& a, Of<Loaded> auto& v)
{
    a(v.script, v.faults, v.manifest);
}
static void fields(auto& a, Of<HistoryRequest> auto& v)
{
    a(v.run, v.query, v.home, v.device, v.name, v.isFact, v.sinceMs, v.untilMs, v.everyMs, v.aggregate);
}
static void fields(auto& a, Of<RunDone> auto& v)
{
    a(v.result);
}
static void fields(auto&, Of<Ready> auto&) {}

namespace {

const char* faultOf(const HistoryAnswer& answer)
{
    return answer.timesMs.size() == answer.values.size() ? nullptr : "times and values that do not belong together";
}
template <typename T>
const char* faultOf(const T&)
{
    return nullptr;
}

template <typename Message>
std::string packAny(const Message& message, std::uint64_t nonce)
{
    Writer writer;
    writer(std::uint32_t{0}, nonce, static_cast<std::uint8_t>(message.index()));
    std::visit([&writer](const auto& body) { writer(body); }, message);
    const std::size_t length = writer.bytes.size() - 4;
    for (std::size_t i = 0; i < 4; ++i)
        writer.bytes[i] = static_cast<char>((length >> (8 * i)) & 0xff);
    return std::move(writer.bytes);
}

// Reads the body as the alternative with this index; nothing says what is wrong when it is not.
template <typename Message, std::size_t... I>
const char* readBody(Reader& reader, std::size_t kind, Message& message, std::index_sequence<I...>)
{
    const char* fault = "an unknown kind of message";
    const auto read = [&]<std::size_t Index>() {
        std::variant_alternative_t<Index, Message> body;
        reader(body);
        fault = reader.fault() ? reader.fault() : !reader.atEnd() ? "bytes left over" : faultOf(body);
        if (!fault)
            message = std::move(body);
    };
    ((kind == I ? read.template operator()<I>() : void()), ...);
    return fault;
}

template <typename Message>
Result<Message> unpackAny(std::string_view frame, std::uint64_t nonce)
{
    const auto refuse = [](const char* why) {
        return fail(ErrorCode::CannotParse, QStringLiteral("the frame has %1").arg(QLatin1String(why)));
    };
    if (frame.size() > FrameLimit)
        return refuse("more bytes than the limit");
    Reader reader(frame);
    std::uint64_t theirs = 0;
    std::uint8_t kind = 0;
    reader(theirs, kind);
    if (reader.fault())
        return refuse("too few bytes");
    if (theirs != nonce)
        return refuse("the wrong nonce");
    Message message;
    const char* fault = readBody(reader, kind, message, std::make_index_sequence<std::variant_size_v<Message>>());
    if (fault)
        return refuse(fault);
    return message;
}

} // namespace

std::string pack(const ToWorker& message, std::uint64_t nonce)
{
    return packAny(message, nonce);
}
std::string pack(const FromWorker& message, std::uint64_t nonce)
{
    return packAny(message, nonce);
}

Result<ToWorker> unpackToWorker(std::string_view frame, std::uint64_t nonce)
{
    return unpackAny<ToWorker>(frame, nonce);
}

Result<FromWorker> unpackFromWorker(std::string_view frame, std::uint64_t nonce)
{
    return unpackAny<FromWorker>(frame, nonce);
}

} // namespace cohort::engine::wire
