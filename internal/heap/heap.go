// Package heap keeps a small heap from being collected all the time.
package heap

import "runtime"

// Headroom counts as in use until it is given back, and is never touched, so that it takes no memory. The collector runs when the heap has
// grown by what is in use: while that is little, it runs a third as often for it, and the heap is larger by as many bytes at most.
func Headroom(bytes int) (giveBack func()) {
	room := make([]byte, bytes)
	return func() { runtime.KeepAlive(room) }
}

// Adapter is the headroom of an adapter: a few times what it has in use while its agents are quiet.
const Adapter = 16 << 20
