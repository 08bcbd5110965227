#include "server/scripts/checked_script.h"

#include "server/scripts/script_checker.h"
#include "shared/model/json.h"

#include <QJsonDocument>

namespace cohort::scripts {

CheckedScript checkedScript(const CheckAnswer& answer)
{
    CheckedScript checked;
    for (const engine::wire::Fault& fault : answer.faults)
        checked.found.faults.append(
            {QString::fromStdString(fault.file), fault.line, fault.column, QString::fromStdString(fault.message)});
    if (!answer.faults.empty())
        return checked;
    const auto stored = QJsonDocument::fromJson(QByteArray::fromStdString(answer.manifestJson)).object();
    auto manifest = model::fromJson<model::Manifest>(stored, model::Form::Stored);
    if (!manifest) {
        checked.found.faults.append(
            {QStringLiteral("script"), 1, 1,
             QStringLiteral("what it says of itself cannot be read: ") + manifest.error().detail});
        return checked;
    }
    checked.found.accepted = true;
    checked.found.manifest = std::move(*manifest);
    checked.manifest = stored;
    return checked;
}

} // namespace cohort::scripts
