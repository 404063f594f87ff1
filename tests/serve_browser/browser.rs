//! A Chromium without a window, driven by its own protocol over a pair of pipes: messages in JSON,
//! each ended by a NUL.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Browser {
    process: Child,
    commands: RefCell<File>,
    messages: RefCell<BufReader<File>>,
    serial: Cell<u64>,
    _folder: TempDir,
}

pub struct Tab<'b> {
    browser: &'b Browser,
    session: String,
}

impl Browser {
    /// Starts one; `None` where there is none.
    pub fn start() -> Option<Browser> {
        let program = std::env::var("CHROMIUM").unwrap_or_else(|_| "chromium".to_string());
        let found = Command::new(&program)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !found.is_ok_and(|status| status.success()) {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let pipe = |name: &str| {
            let path = folder.path().join(name);
            let mode = rustix::fs::Mode::from_raw_mode(0o600);
            rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, mode, 0)
                .unwrap();
            // Open for both, so that neither end waits for the other to be opened.
            File::options().read(true).write(true).open(path).unwrap()
        };
        let (commands, messages) = (pipe("commands"), pipe("messages"));
        let flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
            --disable-background-networking --disable-component-update --disable-sync \
            --remote-debugging-pipe --user-data-dir=profile";
        let script = format!("exec {program} {flags} 3<commands 4>messages");
        let process = Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder.path())
            .env("LANG", "C.UTF-8")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Some(Browser {
            process,
            commands: RefCell::new(commands),
            messages: RefCell::new(BufReader::new(messages)),
            serial: Cell::new(0),
            _folder: folder,
        })
    }

    /// Opens a page in a window of its own.
    pub fn open(&self, url: &str) -> Tab<'_> {
        let target = self.call(
            None,
            "Target.createTarget",
            json!({"url": url, "newWindow": true}),
        );
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = self.call(None, "Target.attachToTarget", attach);
        let session = session["sessionId"].as_str().unwrap().to_string();
        let mut tab = Tab {
            browser: self,
            session,
        };
        tab.until(
            &format!("location.href === {url:?} && document.readyState"),
            "complete",
        );
        tab
    }

    fn call(&self, session: Option<&str>, method: &str, params: Value) -> Value {
        self.try_call(session, method, params)
            .unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    fn try_call(&self, session: Option<&str>, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.serial.get() + 1;
        self.serial.set(id);
        let mut message = json!({"id": id, "method": method, "params": params});
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.commands.borrow_mut().write_all(&bytes).unwrap();
        loop {
            let mut bytes = Vec::new();
            self.messages
                .borrow_mut()
                .read_until(0, &mut bytes)
                .unwrap();
            bytes.pop();
            let answer: Value = serde_json::from_slice(&bytes).unwrap();
            if answer["id"] == id {
                return match answer.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(answer["result"].clone()),
                };
            }
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Tab<'_> {
    /// The value of an expression in the page.
    pub fn run(&mut self, expression: &str) -> Value {
        self.try_run(expression)
            .unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    fn try_run(&mut self, expression: &str) -> Result<Value, Value> {
        let params = json!({"expression": expression, "returnByValue": true});
        let session = Some(self.session.as_str());
        let result = self.browser.try_call(session, "Runtime.evaluate", params)?;
        match result.get("exceptionDetails") {
            Some(thrown) => Err(thrown.clone()),
            None => Ok(result["result"]["value"].clone()),
        }
    }

    /// Waits until an expression has a value. A page on its way out may not answer.
    pub fn until(&mut self, expression: &str, expected: impl Into<Value>) {
        let expected = expected.into();
        let until = Instant::now() + PATIENCE;
        let mut last = Ok(Value::Null);
        while Instant::now() < until {
            last = self.try_run(expression);
            if last.as_ref() == Ok(&expected) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{expression} is {last:?}, not {expected}");
    }
}
