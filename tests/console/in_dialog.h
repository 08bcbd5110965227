// A dialog over the workspace of a window whose operator has signed in: shown, filled, submitted.
// Thread: GUI. Owner: a test that derives from it. Flow: begin() → show<Dialog>() → line(), box() → submit() → peer; end().
#pragma once

#include "tests/console/peer_window.h"

#include <QComboBox>
#include <QDialog>
#include <QLineEdit>

namespace cohort::console {

class InDialog
{
protected:
    PeerWindow m_at;
    std::unique_ptr<QDialog> m_dialog;

    void begin(model::OperatorRole role = model::OperatorRole::Admin, bool maySeeNames = true)
    {
        m_at.start();
        m_at.beAn(role, {}, maySeeNames);
        QVERIFY(m_at.enter(QStringLiteral("overview")));
    }
    void end()
    {
        m_dialog.reset();
        m_at.end();
    }
    QList<model::Location> homes()
    {
        const auto future = m_at.workspace().community().homes(DeploymentId{1});
        const bool came = QTest::qWaitFor([&future] { return future.isFinished(); }, 5000);
        return came ? future.result()->items : QList<model::Location>();
    }
    template <typename Dialog, typename... Rest>
    void show(Rest&&... rest)
    {
        m_dialog = std::make_unique<Dialog>(m_at.workspace(), std::forward<Rest>(rest)..., nullptr);
        m_dialog->show();
    }
    QLineEdit* line(const QString& name) const { return child<QLineEdit>(m_dialog.get(), name); }
    QComboBox* box(const QString& name) const { return child<QComboBox>(m_dialog.get(), name); }
    NoticeBar* bar() const { return m_dialog->findChild<NoticeBar*>(); }
    // Presses as an impatient person does, twice.
    bool submit()
    {
        const bool pressed = PeerWindow::press(m_dialog.get(), QStringLiteral("ok"));
        PeerWindow::press(m_dialog.get(), QStringLiteral("ok"));
        return pressed && m_at.settle();
    }
};

} // namespace cohort::console
