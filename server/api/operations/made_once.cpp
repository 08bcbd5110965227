#include "server/api/operations/made_once.h"

#include "server/store/repositories/request_repository.h"

#include <QCryptographicHash>
#include <QJsonDocument>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

Result<qint64> madeOnce(Call& call, const std::optional<QString>& requestId,
                        const std::function<Result<qint64>()>& make)
{
    if (!requestId)
        return make();
    const QByteArray parameters = QJsonDocument(call.params).toJson(QJsonDocument::Compact);
    const store::NamedRequest request{.author = call.identity.actor(),
                                      .name = *requestId,
                                      .operation = QString::fromLatin1(call.operation.name),
                                      .parameters = QCryptographicHash::hash(parameters, QCryptographicHash::Sha256)};
    store::RequestRepository requests(call.connection);
    COHORT_TRY(before, requests.begin(request));
    if (before) {
        call.auditDetail.insert(u"repeated"_s, true);
        return *before;
    }
    COHORT_TRY(made, make());
    COHORT_CHECK(requests.finish(request, made));
    return made;
}

} // namespace cohort::api
