package clients

import (
	"bufio"
	"context"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const baresipModules = "/usr/lib/baresip/modules"

// said is so many seconds of silence as a sound file: 8000 samples a second, 16 bits.
func said(seconds uint32) string {
	const rate = 8000
	size := seconds * rate * 2
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), 36+size)
	b = append(b, "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"...)
	b = binary.LittleEndian.AppendUint32(b, rate)
	b = binary.LittleEndian.AppendUint32(b, rate*2)
	b = append(b, "\x02\x00\x10\x00data"...)
	return string(append(binary.LittleEndian.AppendUint32(b, size), make([]byte, size)...))
}

// baresip calls from a machine without a sound card until a line of its log fits.
func baresip(t *testing.T, sip, number, until string) {
	t.Helper()
	if _, err := exec.LookPath("baresip"); err != nil {
		t.Fatal("baresip is missing: run make system")
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"config": "module_path " + baresipModules +
			"\nsip_listen 127.0.0.1:0\nmodule_app account.so\nmodule_app menu.so\nmodule g711.so\nmodule aufile.so\n" +
			"audio_source aufile," + filepath.Join(dir, "said.wav") + "\naudio_player aufile," +
			filepath.Join(dir, "heard.wav") + "\naudio_alert aufile,/dev/null\n",
		"accounts": "<sip:+12065550142@" + sip + ">;regint=0;audio_codecs=PCMU\n", "contacts": "", "said.wav": said(10),
		"uuid": "c2b0f8f0-0000-4000-8000-000000000001\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "baresip", "-4", "-f", dir, "-t", "8", "-e", "/dial sip:"+number+"@"+sip)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	found, log := false, ""
	for lines := bufio.NewScanner(out); lines.Scan(); {
		log += lines.Text() + "\n"
		found = found || strings.Contains(lines.Text(), until)
	}
	if err := cmd.Wait(); err != nil || !found {
		t.Fatalf("no %q, %v\n%s", until, err, log)
	}
}

func TestBaresip(t *testing.T) {
	r := sandbox(t)
	sip := strings.TrimPrefix(r.SIP, "sip:")
	t.Run("a call is answered by the queue", func(t *testing.T) {
		baresip(t, sip, r.Number, "Call established")
	})
	t.Run("a wrong number is refused", func(t *testing.T) {
		baresip(t, sip, "+12065550999", "404 Not Found")
	})
}
