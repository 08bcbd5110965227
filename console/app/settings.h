// What the console remembers between starts: the last server and user, known certificates. Never a password.
// Thread: GUI. Owner: main. Flow: QSettings ⇄ here.
#pragma once

#include "console/net/rpc_client.h"

#include <QSettings>

namespace cohort::console {

class SettingsPins final : public PinStore
{
public:
    QByteArray pin(const QString& server) const override;
    void setPin(const QString& server, const QByteArray& fingerprint) override;
};

struct LastSignIn
{
    QString server, user;

    static LastSignIn load();
    void save() const;
};

} // namespace cohort::console
