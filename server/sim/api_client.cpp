#include "server/sim/api_client.h"

#include "server/sim/typed_call.h"
#include "shared/protocol/operations/session.h"

#include <QJsonDocument>

#include <curl/curl.h>

namespace cohort::sim {

namespace {

constexpr std::size_t LargestAnswer = 64 * 1024 * 1024;

std::size_t append(char* data, std::size_t size, std::size_t count, void* out)
{
    auto* body = static_cast<QByteArray*>(out);
    const std::size_t bytes = size * count;
    if (static_cast<std::size_t>(body->size()) + bytes > LargestAnswer)
        return 0; // curl then fails with CURLE_WRITE_ERROR
    body->append(data, static_cast<qsizetype>(bytes));
    return bytes;
}

Error errorOf(const QJsonObject& error)
{
    const QJsonObject data = error.value(QStringLiteral("data")).toObject();
    const std::string name = data.value(QStringLiteral("code")).toString().toStdString();
    QString detail = data.value(QStringLiteral("detail")).toString();
    if (detail.isEmpty())
        detail = error.value(QStringLiteral("message")).toString();
    return {errorFromName(name).value_or(ErrorCode::Internal), detail,
            data.value(QStringLiteral("retryAfterMs")).toInt()};
}

} // namespace

struct ApiClient::Transfer
{
    CURL* curl = curl_easy_init();
    Transfer() = default;
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() { curl_easy_cleanup(curl); }
};

ApiClient::ApiClient(ServerAddress address) : m_address(std::move(address)), m_transfer(std::make_unique<Transfer>()) {}

ApiClient::~ApiClient() = default;

Result<QByteArray> ApiClient::perform(const QString& path, const QByteArray* body, long* status)
{
    CURL* curl = m_transfer->curl;
    curl_easy_reset(curl); // keeps the connection
    const QByteArray url = (m_address.url + path).toUtf8();
    const QByteArray caFile = m_address.caFile.toUtf8();
    QByteArray answer;
    curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
    if (!m_token.isEmpty())
        headers = curl_slist_append(headers, "Authorization: Bearer " + m_token);
    curl_easy_setopt(curl, CURLOPT_URL, url.constData());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    if (!caFile.isEmpty())
        curl_easy_setopt(curl, CURLOPT_CAINFO, caFile.constData());
    if (body != nullptr) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body->constData());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
    }
    const CURLcode code = curl_easy_perform(curl);
    curl_slist_free_all(headers);
    if (code != CURLE_OK)
        return fail(ErrorCode::Unavailable,
                    QStringLiteral("%1: %2").arg(m_address.url, QString::fromUtf8(curl_easy_strerror(code))));
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
    return answer;
}

Result<QJsonObject> ApiClient::call(const QString& method, const QJsonObject& params)
{
    const QByteArray body = QJsonDocument(params).toJson(QJsonDocument::Compact);
    long status = 0;
    COHORT_TRY(answer, perform(QStringLiteral("/api/v1/") + method, &body, &status));
    const QJsonObject object = QJsonDocument::fromJson(answer).object();
    if (object.contains(QStringLiteral("error")))
        return fail(errorOf(object.value(QStringLiteral("error")).toObject()));
    if (status != 200)
        return fail(ErrorCode::Unavailable, QStringLiteral("%1: HTTP status %2").arg(method).arg(status));
    return object;
}

Result<void> ApiClient::signIn(const QString& user, const QString& password)
{
    protocol::SessionSignIn wanted;
    wanted.email = user;
    wanted.password = password;
    COHORT_TRY(session, ask(*this, wanted));
    m_token = session.token.toUtf8();
    return {};
}

Result<QByteArray> ApiClient::get(const QString& path)
{
    long status = 0;
    COHORT_TRY(answer, perform(path, nullptr, &status));
    if (status != 200)
        return fail(ErrorCode::Unavailable, QStringLiteral("%1: HTTP status %2").arg(path).arg(status));
    return answer;
}

} // namespace cohort::sim
