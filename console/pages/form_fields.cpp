#include "console/pages/form_fields.h"

#include "console/models/words.h"
#include "console/pages/text.h"
#include "shared/base/time_zone.h"

#include <QCompleter>
#include <QLineEdit>

namespace cohort::console {

using namespace Qt::StringLiterals;

void offerZones(QComboBox* box, const QString& now)
{
    for (const QString& zone : zoneNames()) {
        if (zone.contains(u'/') || zone == "UTC"_L1)
            box->addItem(zone);
    }
    box->setCurrentText(now);
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    box->completer()->setFilterMode(Qt::MatchContains);
}

void offerLanguages(QComboBox* box, model::Language now)
{
    offer(box, {model::Language::English, model::Language::German}, now, &words::language);
}

model::Language languageOf(const QComboBox* box)
{
    return box->currentData().value<model::Language>();
}

void offerHomeRoles(QComboBox* box)
{
    offer(box,
          {model::HomeRole::Resident, model::HomeRole::Caregiver, model::HomeRole::Supporter, model::HomeRole::Student},
          model::HomeRole::Resident, &words::homeRole);
}

void offerOperatorRoles(QComboBox* box)
{
    offer(box, {model::OperatorRole::Coordinator, model::OperatorRole::Analyst, model::OperatorRole::Admin},
          model::OperatorRole::Coordinator, &words::operatorRole);
}

void offerDeviceTypes(QComboBox* box, const Workspace& workspace)
{
    box->addItem(Pages::tr("not known"), 0);
    for (const model::DeviceTypeInfo& one : workspace.deviceTypes()) {
        if (one.number != 0)
            box->addItem(words::deviceType(one.name), one.number);
    }
}

void offerDeviceUses(QComboBox* box)
{
    box->addItem(QString(), QString());
    for (const QString& use : words::deviceUses())
        box->addItem(words::deviceUse(use), use);
}

QString deviceUseOf(const QComboBox* box)
{
    const int listed = box->findText(box->currentText());
    return listed >= 0 ? box->itemData(listed).toString() : box->currentText().trimmed();
}

void offerRooms(QComboBox* box, const QList<model::Room>& rooms)
{
    box->addItem(Pages::tr("none"), 0);
    for (const model::Room& room : rooms)
        box->addItem(words::roomName(room.kind, room.name), static_cast<qint64>(room.id.value));
}

bool misses(NoticeBar* bar, QLineEdit* field, const QString& what)
{
    if (!field->text().trimmed().isEmpty())
        return false;
    bar->showText(Pages::tr("Fill in: %1").arg(what), Tone::Warning);
    field->setFocus();
    return true;
}

} // namespace cohort::console
