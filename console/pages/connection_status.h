// The status bar's words about the connection, and "Connect now" while the next try is waited for.
// Thread: GUI. Owner: MainWindow. Flow: ServerLink's state → words.
#pragma once

#include <QDateTime>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace cohort::console {

class ServerLink;

class ConnectionStatus : public QWidget
{
    Q_OBJECT
public:
    explicit ConnectionStatus(ServerLink& link, QWidget* parent = nullptr);

private:
    void tell();

    ServerLink& m_link;
    QLabel* m_text;
    QPushButton* m_retry;
    QTimer m_clock;
    QDateTime m_fresh; // when the connection was last there
    QDateTime m_nextTry;
};

} // namespace cohort::console
