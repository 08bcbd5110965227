#include "server/edge/edge.h"

namespace cohort::edge {

using metrics::Metric;

namespace {

struct Held
{
    net::TimersPtr timers;
    ingest::DeviceContextPtr context;
    std::string json;
    std::function<void(ingest::UploadReply)> done;
    SteadyTime until;
    net::Timer again; // whose work holds this, until it runs or the thread ends
};

void tryLater(const EdgePtr& edge, const std::shared_ptr<Held>& held)
{
    held->again = held->timers->after(edge->options.retryHeld, [weak = std::weak_ptr(edge), held] {
        const EdgePtr alive = weak.lock();
        if (!alive)
            return;
        if (!alive->isUnderPressure()) {
            alive->intake.upload(held->context, held->json, held->done);
        } else if (alive->clock.steady() >= held->until) {
            alive->metrics.heldTooLong.add();
            held->done(alive->intake.errorReply(Error{ErrorCode::Busy, {}, 5'000}));
        } else {
            tryLater(alive, held);
        }
    });
}

} // namespace

EdgeMetrics::EdgeMetrics(metrics::Registry& registry)
    : replaced(registry.counter<Metric::EdgeReplaced>()), unauthorized(registry.counter<Metric::EdgeUnauthorized>()),
      held(registry.counter<Metric::EdgeHeld>()), heldTooLong(registry.counter<Metric::EdgeHeldTooLong>()),
      commands(registry.counter<Metric::EdgeCommands>())
{
}

net::Response responseOf(const ingest::UploadReply& reply)
{
    net::Response response;
    response.status = reply.http;
    response.body = reply.json;
    if (reply.retryAfterMs > 0)
        response.headers.emplace_back("Retry-After", std::to_string((reply.retryAfterMs + 999) / 1000));
    if (reply.http == 401)
        response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

net::Response responseOf(const Edge& edge, const Error& error)
{
    return responseOf(edge.intake.errorReply(error));
}

bool upload(const EdgePtr& edge, const net::TimersPtr& timers, const ingest::DeviceContextPtr& context,
            std::string json, std::function<void(ingest::UploadReply)> done)
{
    if (!edge->isUnderPressure()) {
        edge->intake.upload(context, json, std::move(done));
        return false;
    }
    edge->metrics.held.add();
    const auto until = edge->clock.steady() + edge->options.holdFor;
    tryLater(edge, std::make_shared<Held>(Held{timers, context, std::move(json), std::move(done), until, {}}));
    return true;
}

} // namespace cohort::edge
