"""D1's peer: mosquitto with a Python client that does the same rule (sensor message in, actuator message out).

Usage: peer_d1.py RATE SECONDS SERVER_CORE LOAD_CORE. Prints one JSON object. Broker and rule run on the server's core,
publisher and listener on the load's. Loopback only; nothing is stored, unlike in Cohort.
"""

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time

import paho.mqtt.client as mqtt

PORT = 18830


def client(on_message=None):
    made = mqtt.Client()
    made.on_message = on_message
    made.connect("127.0.0.1", PORT)
    return made


def rule(core):
    os.sched_setaffinity(0, {core})

    def switch(made, _, message):
        home = message.topic.split("/")[1]
        made.publish(f"actuator/{home}", message.payload)

    made = client(switch)
    made.subscribe("sensor/+")
    made.loop_forever()


def measure(rate, seconds):
    latencies = []

    def arrived(_, __, message):
        latencies.append(time.monotonic() - float(message.payload))

    listener = client(arrived)
    listener.subscribe("actuator/+")
    listener.loop_start()
    sender = client()
    sender.loop_start()
    time.sleep(1)
    start = time.monotonic()
    sent = 0
    while (passed := time.monotonic() - start) < seconds:
        while sent < passed * rate:
            sender.publish(f"sensor/{sent % 1000}", repr(time.monotonic()))
            sent += 1
        time.sleep(0.001)
    time.sleep(1)
    return sorted(latencies)


def main():
    rate, seconds = float(sys.argv[1]), float(sys.argv[2])
    server_core, load_core = (int(word) % os.cpu_count() for word in sys.argv[3:5])
    os.sched_setaffinity(0, {load_core})
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as conf:
        conf.write(f"listener {PORT} 127.0.0.1\nallow_anonymous true\n")
        conf.flush()
        os.chmod(conf.name, 0o644)
        broker = subprocess.Popen(["taskset", "-c", str(server_core), "/usr/sbin/mosquitto", "-c", conf.name],
                                  stderr=subprocess.DEVNULL)
        worker = None
        try:
            time.sleep(1)
            worker = multiprocessing.Process(target=rule, args=(server_core,), daemon=True)
            worker.start()
            time.sleep(1)
            latencies = measure(rate, seconds)
        finally:
            if worker:
                worker.kill()
            broker.terminate()
            broker.wait(10)
    at = lambda share: 1000 * latencies[int(share * (len(latencies) - 1))] if latencies else -1
    print(json.dumps({"messages": len(latencies), "p50Ms": at(0.5), "p99Ms": at(0.99)}))


if __name__ == "__main__":
    main()
