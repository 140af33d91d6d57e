package adapter

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// SocketName is the file in the data folder by which programs of the same user ask a running adapter. Whoever may open it may ask all.
const SocketName = "adapter.sock"

// longestSocket is how long the path of a socket may be. Source: sun_path of Linux (108) and of macOS (104), with its closing zero.
const longestSocket = 103

// serveLocal answers programs on the socket of the data folder until ctx ends. Without a folder, or if there cannot be one, nobody is
// answered there, and all else works.
func (a *Adapter) serveLocal(ctx context.Context) error {
	file := a.home.file(SocketName)
	if file == "" {
		return nil
	}
	err := ownFolder(filepath.Dir(file))
	var l net.Listener
	if err == nil {
		l, err = listenLocal(file)
	}
	if err != nil {
		a.cfg.Log.WarnContext(ctx, "patchcord calls cannot ask this adapter by its data folder", "err", err)
		return nil
	}
	server := &http.Server{Handler: a.Local(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: time.Minute}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) && ctx.Err() == nil {
		a.cfg.Log.WarnContext(ctx, "the socket of the data folder has ended", "err", err)
	}
	return nil
}

// ownFolder refuses a folder in which another user could put a socket in the place of ours, or reach ours before its mode is set.
func ownFolder(name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("the data folder %s is open to other users: chmod 700 %s", name, name)
	}
	return ownedByUs(info, name)
}

// listenLocal makes a socket that only its owner may open. One that an earlier adapter left is taken away: the folder's lock says that
// nobody serves it.
func listenLocal(file string) (net.Listener, error) {
	if len(file) > longestSocket {
		return nil, &os.PathError{Op: "listen", Path: file, Err: syscall.ENAMETOOLONG}
	}
	if err := os.Remove(file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	l, err := net.Listen("unix", file) // the folder is its owner's alone until the mode is set
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(file, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// RuntimeFolder is where running sandboxes of this user link their sockets.
func RuntimeFolder(runtimeDir, tempDir string, uid int) string {
	if runtimeDir != "" {
		return filepath.Join(runtimeDir, "patchcord")
	}
	return filepath.Join(tempDir, "patchcord-"+strconv.Itoa(uid))
}
