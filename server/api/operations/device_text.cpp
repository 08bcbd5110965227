#include "server/api/operations/device_text.h"

#include "server/actions/actions.h"
#include "shared/model/device_types.h"

#include <QJsonArray>

namespace cohort::api {

using namespace Qt::Literals::StringLiterals;

namespace {

QJsonObject eachItem(QJsonObject page, QJsonObject (*change)(QJsonObject))
{
    QJsonArray items;
    for (const auto& item : page.value("items"_L1).toArray())
        items.append(change(item.toObject()));
    page.insert(u"items"_s, items);
    return page;
}

std::optional<int> numberOf(const QJsonValue& value)
{
    return value.isDouble() ? std::optional(value.toInt()) : std::nullopt;
}

} // namespace

QJsonObject withTypeName(QJsonObject device)
{
    const auto* type = model::findDeviceType(device.value("type"_L1).toInt());
    device.insert(u"typeName"_s, type != nullptr ? QString::fromUtf8(type->name) : QString());
    return device;
}

QJsonObject withTypeNames(QJsonObject page)
{
    return eachItem(std::move(page), &withTypeName);
}

QJsonObject withStateText(QJsonObject command)
{
    command.insert(u"stateText"_s, actions::commandStateText(
                                       command.value("state"_L1).toString(), command.value("sentAt"_L1).isString(),
                                       numberOf(command.value("result"_L1)), numberOf(command.value("lateResult"_L1))));
    return command;
}

QJsonObject withStateTexts(QJsonObject page)
{
    return eachItem(std::move(page), &withStateText);
}

} // namespace cohort::api
