#include "console/app/settings.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

QByteArray SettingsPins::pin(const QString& server) const
{
    return QSettings().value(u"pins/"_s + server).toByteArray();
}

void SettingsPins::setPin(const QString& server, const QByteArray& fingerprint)
{
    QSettings().setValue(u"pins/"_s + server, fingerprint);
}

LastSignIn LastSignIn::load()
{
    const QSettings settings;
    return {settings.value(u"server"_s, u"http://127.0.0.1:8460"_s).toString(), settings.value(u"user"_s).toString()};
}

void LastSignIn::save() const
{
    QSettings settings;
    settings.setValue(u"server"_s, server);
    settings.setValue(u"user"_s, user);
}

} // namespace cohort::console
