//! A folder on the disk, asked over and over.

use std::fs;

use super::*;

/// A folder that is gone when the test is.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn folder(name: &str) -> Folder {
    let root = std::env::temp_dir().join(format!("mainstay-static-{name}-{}", std::process::id()));
    fs::remove_dir_all(&root).ok();
    for (path, text) in [
        ("public/index.html", "<h1>index</h1>"),
        ("public/app.js", "let x = 1"),
        ("public/docs/index.html", "<h1>docs</h1>"),
        ("public/empty/other.txt", "other"),
        ("public/.env", "SECRET"),
        ("public/.well-known/security.txt", "Contact"),
        ("outside.txt", "OUTSIDE"),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::write(root.join("public/large.bin"), vec![b'x'; 1_000_000]).unwrap();
    std::os::unix::fs::symlink(root.join("outside.txt"), root.join("public/link.txt")).unwrap();
    std::os::unix::fs::symlink(root.join("public/.env"), root.join("public/env.txt")).unwrap();
    std::os::unix::fs::symlink(root.join("public/app.js"), root.join("public/same.js")).unwrap();
    Folder(root)
}

fn files(folder: &Folder) -> StaticFiles {
    StaticFiles::open(&folder.0.join("public"), StaticSettings::default()).unwrap().unwrap()
}

async fn ask(files: &StaticFiles, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = http::Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    files.answer(&request.body(()).unwrap().into_parts().0).await
}

async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 10_000_000).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

const PAGE: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

#[tokio::test(flavor = "current_thread")]
async fn files_are_served_with_their_kind_and_policy() {
    let folder = folder("kind");
    let files = files(&folder);
    let page = ask(&files, "GET", "/", &[]).await;
    assert_eq!((page.status().as_u16(), header(&page, "content-type")), (200, "text/html; charset=utf-8"));
    assert!(header(&page, "content-security-policy").contains("script-src 'self'"));
    assert_eq!(header(&page, "content-length"), "14");
    assert_eq!(text(page).await, "<h1>index</h1>");
    let script = ask(&files, "GET", "/app.js?v=1", &[]).await;
    assert_eq!(header(&script, "content-type"), "text/javascript; charset=utf-8");
    assert_eq!(text(ask(&files, "GET", "/docs/", &[]).await).await, "<h1>docs</h1>");
    assert_eq!(text(ask(&files, "GET", "/same.js", &[]).await).await, "let x = 1");
    assert_eq!(text(ask(&files, "GET", "/.well-known/security.txt", &[]).await).await, "Contact");
    let large = ask(&files, "GET", "/large.bin", &[]).await;
    assert_eq!(header(&large, "content-type"), "application/octet-stream");
    assert_eq!(text(large).await.len(), 1_000_000);
}

#[tokio::test(flavor = "current_thread")]
async fn head_has_the_headers_and_no_body() {
    let folder = folder("head");
    let response = ask(&files(&folder), "HEAD", "/large.bin", &[]).await;
    assert_eq!((response.status().as_u16(), header(&response, "content-length")), (200, "1000000"));
    assert_eq!(text(response).await, "");
    let response = ask(&files(&folder), "POST", "/", &[]).await;
    assert_eq!((response.status().as_u16(), header(&response, "allow")), (405, "GET, HEAD"));
}

#[tokio::test(flavor = "current_thread")]
async fn unchanged_files_are_not_sent_again() {
    let folder = folder("same");
    let files = files(&folder);
    let first = ask(&files, "GET", "/app.js", &[]).await;
    let (tag, date) = (header(&first, "etag").to_owned(), header(&first, "last-modified").to_owned());
    let strong = tag.trim_start_matches("W/").to_owned();
    for headers in [
        [("if-none-match", tag.as_str())],
        [("if-none-match", &format!("\"x\", {strong}"))],
        [("if-none-match", "*")],
        [("if-modified-since", &date)],
        [("if-modified-since", "Fri, 31 Dec 2100 23:59:59 GMT")],
    ] {
        let again = ask(&files, "GET", "/app.js", &headers).await;
        assert_eq!((again.status().as_u16(), header(&again, "etag")), (304, tag.as_str()), "{headers:?}");
        assert_eq!(text(again).await, "");
    }
    for headers in [
        vec![("if-none-match", "\"x\"")],
        vec![("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT")],
        vec![("if-modified-since", "yesterday")],
        vec![("if-none-match", "\"x\""), ("if-modified-since", date.as_str())],
    ] {
        assert_eq!(ask(&files, "GET", "/app.js", &headers).await.status(), 200, "{headers:?}");
    }
    fs::write(folder.0.join("public/app.js"), "let x = 22").unwrap();
    assert_eq!(ask(&files, "GET", "/app.js", &[("if-none-match", &tag)]).await.status(), 200);
}

#[tokio::test(flavor = "current_thread")]
async fn nothing_outside_and_nothing_hidden_is_served() {
    let folder = folder("outside");
    let files = files(&folder);
    for path in [
        "/.env",
        "/link.txt",
        "/env.txt",
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/docs/%2e%2e/%2e%2e/outside.txt",
        "//outside.txt",
        "/missing.js",
        "/empty/",
        "/empty",
        "/app.js/",
        "/app.js/x",
        "/large.bin%00.html",
    ] {
        let response = ask(&files, "GET", path, &[]).await;
        assert_eq!(response.status(), 404, "{path}");
        let body = text(response).await;
        assert!(
            body.contains("\"code\":\"PGRST125\"") && !body.contains("SECRET") && !body.contains("OUTSIDE")
        );
    }
}

#[tokio::test(flavor = "current_thread")]
async fn navigations_get_the_index_and_nothing_else_does() {
    let folder = folder("navigate");
    let files = files(&folder);
    for path in ["/tasks/7", "/settings", "/empty/", "/a/b/c"] {
        let page = ask(&files, "GET", path, &[PAGE]).await;
        assert_eq!(page.status(), 200, "{path}");
        assert_eq!(text(page).await, "<h1>index</h1>");
    }
    assert_eq!(ask(&files, "GET", "/missing.js", &[PAGE]).await.status(), 404);
    assert_eq!(ask(&files, "GET", "/tasks/7", &[("accept", "application/json")]).await.status(), 404);
    assert_eq!(ask(&files, "GET", "/tasks/7", &[]).await.status(), 404);
    let settings = StaticSettings { has_fallback: false, ..StaticSettings::default() };
    let strict = StaticFiles::open(&folder.0.join("public"), settings).unwrap().unwrap();
    assert_eq!(ask(&strict, "GET", "/tasks/7", &[PAGE]).await.status(), 404);
}

#[tokio::test(flavor = "current_thread")]
async fn folders_are_entered_by_their_slash() {
    let folder = folder("slash");
    let response = ask(&files(&folder), "GET", "/docs", &[]).await;
    assert_eq!((response.status().as_u16(), header(&response, "location")), (308, "/docs/"));
}

#[test]
fn a_missing_folder_is_no_error_and_a_file_is() {
    let folder = folder("open");
    assert!(StaticFiles::open(&folder.0.join("nowhere"), StaticSettings::default()).unwrap().is_none());
    assert!(StaticFiles::open(&folder.0.join("outside.txt"), StaticSettings::default()).is_err());
}
