// The status bar's words about the connection and how old the page is, and "Connect now" while the next try is waited for.
// Thread: GUI. Owner: MainWindow. Flow: ServerLink's state, the page looked at → words.
#pragma once

#include <QDateTime>
#include <QHash>
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

    // The page that is looked at from now on; empty: none, and what was known of all is forgotten.
    void look(const QString& page);

private:
    void liveChanged(bool live);
    void tell();
    QString text() const;
    // "What you see is from …"
    QString age() const;

    ServerLink& m_link;
    QLabel* m_text;
    QPushButton* m_retry;
    QTimer m_clock;
    QDateTime m_nextTry;
    QString m_page;
    QDateTime m_since;                // when m_page was opened
    QHash<QString, QDateTime> m_seen; // when a page was live last; one that never was has none
};

} // namespace cohort::console
