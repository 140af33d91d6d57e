package heap

import (
	"runtime"
	"runtime/metrics"
	"testing"
)

func TestHeadroomPutsTheNextCollectionOff(t *testing.T) {
	next := func() uint64 {
		runtime.GC()
		sample := []metrics.Sample{{Name: "/gc/heap/goal:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	const room = 64 << 20
	without := next()
	giveBack := Headroom(room)
	with := next()
	giveBack()
	if with < without+2*room*9/10 {
		t.Errorf("the next collection is at %d bytes with headroom, at %d without", with, without)
	}
	if after := next(); after > without+room {
		t.Errorf("it is at %d bytes when the room was given back, and was at %d", after, without)
	}
}
