#include "server/edge/credentials.h"

#include "server/net/text.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cohort::edge {

namespace {

constexpr std::size_t LongestToken = 512;
constexpr std::string_view Parameters[] = {"id", "timeout", "cmdId"};
constexpr std::string_view Repeated = "cmdId";
// The body's and other requests', for an id; without the marks that people write between and behind them.
constexpr std::string_view OtherNames[] = {"id",      "device",  "deviceid",  "devicekey", "proxy",
                                           "proxyid", "gateway", "gatewayid", "hub",       "hubid"};

QString wordOf(std::string_view parameter)
{
    return QString::fromLatin1(parameter.data(), static_cast<qsizetype>(parameter.size()));
}

bool isOtherName(std::string parameter) // device_id and id[] are, too
{
    std::erase_if(parameter, [](char c) { return c == '_' || c == '-' || c == '[' || c == ']'; });
    return std::any_of(std::begin(OtherNames), std::end(OtherNames),
                       [&](std::string_view one) { return net::equalIgnoringCase(one, parameter); });
}

tl::unexpected<Error> misnamed(const std::string& parameter, std::string_view right)
{
    return fail(
        ErrorCode::CannotParse,
        QStringLiteral("there is no '%1' here; write %2").arg(QString::fromStdString(parameter), wordOf(right)));
}

bool startsWithWord(std::string_view text, std::string_view word)
{
    if (text.size() < word.size())
        return false;
    return std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) {
        return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
    });
}

std::string_view withoutSpace(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Credentials tokenFrom(std::string_view text)
{
    text = withoutSpace(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        text = text.substr(1, text.size() - 2);
    const bool isToken = !text.empty() && text.size() <= LongestToken &&
                         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127 && c != '"'; });
    return {isToken ? Credentials::Kind::Token : Credentials::Kind::Malformed, std::string(isToken ? text : "")};
}

// The same for an id that is unknown and one that has a token: nobody learns here which devices there are.
QString whyUnknown(bool hasToken)
{
    return hasToken ? QStringLiteral("this token is not known here: mistyped, ended, or another server's")
                    : QStringLiteral("a token is missing; send Authorization: Bearer TOKEN, or PPCAuthorization: esp "
                                     "token=TOKEN");
}

} // namespace

Credentials credentialsOf(const net::Request& request)
{
    if (request.hasHeader("PPCAuthorization")) {
        std::string_view text = withoutSpace(request.header("PPCAuthorization"));
        if (!startsWithWord(text, "esp "))
            return {Credentials::Kind::Malformed, {}};
        text = withoutSpace(text.substr(4));
        if (!startsWithWord(text, "token"))
            return {Credentials::Kind::Malformed, {}};
        text = withoutSpace(text.substr(5));
        if (!text.starts_with('='))
            return {Credentials::Kind::Malformed, {}};
        return tokenFrom(text.substr(1));
    }
    if (request.hasHeader("Authorization")) {
        const std::string_view text = withoutSpace(request.header("Authorization"));
        if (!startsWithWord(text, "bearer "))
            return {Credentials::Kind::Malformed, {}};
        return tokenFrom(text.substr(7));
    }
    return {};
}

Result<std::string> idOf(const net::Request& request)
{
    std::string id;
    std::array<bool, std::size(Parameters)> isSeen{};
    for (const auto& [name, value] : request.query) {
        const auto known =
            std::find_if(std::begin(Parameters), std::end(Parameters),
                         [&name = name](std::string_view one) { return net::equalIgnoringCase(one, name); });
        if (known == std::end(Parameters) && isOtherName(name))
            return misnamed(name, "id");
        if (known == std::end(Parameters))
            continue;
        if (name != *known)
            return misnamed(name, *known);
        bool& isRepeated = isSeen[static_cast<std::size_t>(known - std::begin(Parameters))];
        if (isRepeated && *known != Repeated)
            return fail(ErrorCode::CannotParse,
                        QStringLiteral("%1 stands twice in the query; give it once").arg(wordOf(*known)));
        isRepeated = true;
        if (*known != "id")
            continue;
        if (value.empty())
            return fail(ErrorCode::CannotParse,
                        QStringLiteral("id is empty; give the device's id, or with a token none"));
        id = value;
    }
    return id;
}

void identify(const EdgePtr& edge, const Credentials& credentials, const std::string& id,
              ingest::DeviceCache::Found found)
{
    const bool hasToken = credentials.kind == Credentials::Kind::Token;
    const auto counted = [edge, hasToken, found = std::move(found)](Result<ingest::DeviceContextPtr> result) {
        if (!result)
            edge->metrics.unauthorized.add();
        if (!result && result.error().code == ErrorCode::NotSignedIn && result.error().detail.isEmpty())
            result.error().detail = whyUnknown(hasToken);
        found(std::move(result));
    };
    if (hasToken)
        edge->cache.findByToken(credentials.token, id, counted);
    else if (credentials.kind == Credentials::Kind::Malformed)
        counted(fail(ErrorCode::NotSignedIn, QStringLiteral("the header with the token cannot be understood; it is "
                                                            "Authorization: Bearer TOKEN, or PPCAuthorization: "
                                                            "esp token=TOKEN")));
    else if (id.empty())
        counted(fail(ErrorCode::NotSignedIn, QStringLiteral("neither a token nor a device id")));
    else
        edge->cache.findTokenless(id, counted);
}

} // namespace cohort::edge
