// A device's upload: what the decoder lets through keeps the bounds that the database and the reply rely on, and
// nothing of the last upload is left in its buffers.
#include "server/ingest/decoder.h"
#include "shared/base/limits.h"
#include "tests/fuzz/check.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace cohort::fuzz {

namespace {

using namespace cohort::ingest;

bool fits(std::string_view text, std::size_t longest)
{
    return text.size() <= longest && text.find('\0') == std::string_view::npos && isText(text);
}

bool isName(std::string_view text, std::size_t longest)
{
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    return fits(text, longest) && std::none_of(text.begin(), text.end(), isControl);
}

void checkMeasurement(const DecodedMeasurement& one)
{
    holds(!one.name.empty() && isName(one.name, ParameterBytesMost) && !one.name.starts_with("syn."),
          "a parameter's name");
    holds(isName(one.device, DeviceKeyMost), "a measure's device");
    holds(isName(one.index, IndexBytesMost) && isName(one.unit, UnitBytesMost), "a parameter's index and unit");
    holds(!one.value.number || !one.value.text, "one value, or none");
    holds(!one.value.integer || one.value.number, "digits of a number");
    holds(!one.value.number || std::isfinite(*one.value.number), "a number that is one");
    holds(!one.value.text || fits(*one.value.text, ValueBytesMost), "a text that fits");
    holds(!one.time || toMs(*one.time) > 0, "a time after 1970");
}

void checkDecoded(const Decoded& decoded)
{
    holds(fits(decoded.sequence, LongestSequence), "a sequence number that fits");
    for (const DecodedMeasurement& one : decoded.measurements)
        checkMeasurement(one);
    for (const std::string& proxy : decoded.proxyIds)
        holds(!proxy.empty() && isName(proxy, DeviceKeyMost), "a proxy's id");
    for (const DecodedDevice& device : decoded.devices) {
        holds(!device.key.empty() && isName(device.key, DeviceKeyMost), "a new device's id");
        holds(device.type >= 0 && device.type <= 1'000'000, "a new device's type");
    }
    for (const DecodedResponse& response : decoded.responses)
        holds(response.command > 0 && response.result >= 0 && response.result <= 8, "a command's response");
    for (const DecodedAlert& alert : decoded.alerts) {
        holds(!alert.type.empty() && isName(alert.type, ParameterBytesMost), "an alert's type");
        holds(isName(alert.text, 600) && isName(alert.device, DeviceKeyMost), "an alert's text and device");
    }
    for (const Rejection& rejected : decoded.rejected)
        holds(!rejected.message.empty() && rejected.code != ErrorCode::CannotParse, "why something was not taken");
}

// All that was decoded, in one text.
std::string described(const Result<Decoded>& result)
{
    std::ostringstream out;
    if (!result) {
        out << result.error().name() << ' ' << result.error().detail.toStdString();
        return out.str();
    }
    out << result->isList << result->sequence;
    for (const std::string& proxy : result->proxyIds)
        out << "|proxy " << proxy;
    for (const DecodedMeasurement& one : result->measurements)
        out << "|measure " << one.device << ' ' << one.name << ' ' << one.index << ' ' << one.unit << ' '
            << (one.time ? toMs(*one.time) : 0) << ' ' << one.value.number.value_or(0) << textOf(one.value)
            << one.durational << one.place.message << one.place.entry << one.place.param;
    for (const DecodedDevice& one : result->devices)
        out << "|device " << one.key << ' ' << one.type;
    for (const DecodedResponse& one : result->responses)
        out << "|response " << one.command << ' ' << one.result;
    for (const DecodedAlert& one : result->alerts)
        out << "|alert " << one.device << ' ' << one.type << ' ' << one.text << (one.time ? toMs(*one.time) : 0);
    for (const Rejection& one : result->rejected)
        out << "|rejected " << one.place.part << one.place.entry << one.message;
    return out.str();
}

} // namespace

void check(std::span<const std::byte> input)
{
    const std::string_view json = textOf(input);
    static Decoder used; // has seen everything before
    const auto decoded = used.decode(json);
    holds(decoded || decoded.error().code == ErrorCode::CannotParse || decoded.error().code == ErrorCode::TooLarge,
          "the upload's own faults only");
    if (decoded)
        checkDecoded(*decoded);
    Decoder fresh;
    holds(described(fresh.decode(json)) == described(decoded), "a used decoder decodes as a fresh one");
    const auto proxy = used.proxyIdOf(json);
    holds(!proxy || (!proxy->empty() && isName(*proxy, DeviceKeyMost)), "the id that an upload is sent under");
    holds(decoded.has_value() || !proxy || decoded.error().code != ErrorCode::TooLarge, "an id of what is too large");
}

} // namespace cohort::fuzz
