package wire

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzFromPage reads anything as a message of a page: what was understood is written and read again as the same.
func FuzzFromPage(f *testing.F) {
	f.Add([]byte(`{"type":"hello","hello":{"version":1,"session":"s","page":"p","lastSeq":3,"visible":true,"inPanel":true,"build":"1"}}`))
	f.Add([]byte(`{"type":"event","event":{"seq":1,"at":1,"source":"connectVoiceContact","event":"onConnecting","key":"k","replay":false,"contact":{"contactId":"c","attributes":{"a":"b"}},"payload":{"a":[1,null]}}}`))
	f.Add([]byte(`{"type":"result","result":{"id":"x","ok":true,"value":{"003":{"Id":"003"}}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var m, again FromPage
		if json.Unmarshal(body, &m) != nil {
			return
		}
		written, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(written, &again); err != nil {
			t.Fatal(err)
		}
		rewritten, err := json.Marshal(again)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(written), string(rewritten)); diff != "" {
			t.Fatal(diff)
		}
	})
}
