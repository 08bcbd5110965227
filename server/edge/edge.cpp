#include "server/edge/edge.h"

namespace cohort::edge {

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
    : replaced(registry.counter("cohort_edge_replaced_total", "Channels that another of the same device took over")),
      unauthorized(registry.counter("cohort_edge_unauthorized_total", "Requests with a wrong or missing token or id")),
      held(registry.counter("cohort_edge_held_total", "Uploads that waited because the committer was full")),
      heldTooLong(registry.counter("cohort_edge_held_too_long_total", "Uploads refused after waiting")),
      commands(registry.counter("cohort_edge_commands_total", "Commands handed to channels"))
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
