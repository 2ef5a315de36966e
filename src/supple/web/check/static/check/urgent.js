// @ts-check
/** Where it is urgent, what is open in other windows stops and leads here. */

new BroadcastChannel("supple-urgent").postMessage("");
