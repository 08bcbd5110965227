#include "server/api/operations/device_text.h"

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

} // namespace cohort::api
