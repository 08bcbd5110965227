// Does something on the server for a page: busy while it runs, the error with Retry when it fails.
// Thread: GUI. Owner: the page. Flow: button → ask() → done(value) | NoticeBar.
#pragma once

#include "console/pages/notice_bar.h"
#include "shared/base/when_done.h"

#include <QPointer>

namespace cohort::console {

// `ask` returns a QFuture<Result<T>>; `done` takes const T&. Retry asks again, unless another study is looked at.
template <typename Ask, typename Done>
void perform(NoticeBar* bar, Ask ask, Done done)
{
    bar->dismiss(); // what was said of the try before
    bar->setBusy(true);
    whenDone(bar, ask(), [bar, ask, done, turns = bar->turns()](const auto& answer) {
        bar->setBusy(false);
        if (answer)
            done(*answer);
        else if (turns != bar->turns())
            bar->showError(answer.error());
        else
            bar->showError(answer.error(), [bar, ask, done] { perform(bar, ask, done); });
    });
}

// The same by a button that rests until the answer is there: a double click is one click.
template <typename Ask, typename Done>
void performBy(QWidget* button, NoticeBar* bar, Ask ask, Done done)
{
    const auto askOnce = [button = QPointer<QWidget>(button), ask] {
        auto future = ask();
        if (button) {
            button->setEnabled(false);
            whenDone(button.data(), future, [button](const auto&) { button->setEnabled(true); });
        }
        return future;
    };
    perform(bar, askOnce, done);
}

} // namespace cohort::console
